package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondEnvironment;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.internal.platform.Connection;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose session it is, as the Gateway derives it from the API key. Nobody else may say so.
 *
 * @param tenantId the tenant realm
 * @param environment where the key belongs; empty when the Gateway did not say
 */
record SessionIdentity(String tenantId, Optional<PaybondEnvironment> environment) {
    /** Fit for a header. */
    private static final Pattern TENANT = Pattern.compile("[\\x21-\\x7e]{1,256}");

    /** Asks the Gateway whom the key belongs to. */
    static SessionIdentity ofPrincipal(Connection gateway) {
        HttpCall call = gateway.call(Route.PRINCIPAL).build();
        HttpReply http = gateway.send(call);
        if (!http.successful()) {
            throw refused(call, http);
        }
        return of(gateway.parse(call, http), http, "");
    }

    /** @param otherwise the tenant when the reply names none; blank when there is none to fall back to */
    static SessionIdentity of(Reply reply, HttpReply http, String otherwise) {
        String named = reply.optionalString("tenant_id").orElse("").strip();
        String tenant = named.isEmpty() ? otherwise : named;
        if (!TENANT.matcher(tenant).matches()) {
            throw unusable(http, "auth.tenant_missing", "a tenant");
        }
        return new SessionIdentity(tenant, reply.optionalString("environment").flatMap(PaybondEnvironment::ofText));
    }

    /**
     * @throws ConfigurationException {@code environment.mismatch} unless it is certain that the key belongs where it is
     *     expected to
     */
    void mustBeIn(@Nullable PaybondEnvironment expected, Optional<PaybondEnvironment> ofKey) {
        if (expected == null) {
            return;
        }
        Optional<PaybondEnvironment> actual = environment.or(() -> ofKey);
        if (!actual.equals(Optional.of(expected))) {
            String found = actual.map(PaybondEnvironment::text).orElse("unknown");
            throw new ConfigurationException(
                    "environment.mismatch",
                    "the API key's environment is " + found + ", but " + expected.text() + " is expected");
        }
    }

    static GatewayAuthException refused(HttpCall call, HttpReply http) {
        ServerError error = ServerError.of(http);
        String message = call + " was answered " + http.status() + " " + error.code();
        return new GatewayAuthException(error.code(), message, http.status(), error.requestId());
    }

    static GatewayAuthException unusable(HttpReply http, String code, String what) {
        return new GatewayAuthException(code, "the Gateway's answer lacks " + what, http.status(), null);
    }
}
