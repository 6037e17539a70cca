package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.internal.http.Caller.Credential;
import ai.paybond.kit.sandbox.internal.store.ApiKeyRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the bearer of a request into a {@link Caller}: an API key, or a Harbor access token, on every route. */
public final class Authenticator {
    private static final Pattern API_KEY =
            Pattern.compile("paybond_(sk|rk)_(sandbox|live)_([0-9a-f]{32})_([0-9a-f]{64})");

    private final TenantStore tenants;
    private final HarborTokens tokens;

    public Authenticator(TenantStore tenants, HarborTokens tokens) {
        this.tenants = tenants;
        this.tokens = tokens;
    }

    /** @throws ApiException 401 when there is no live credential, or it is for another tenant than the header says */
    Caller authenticate(Request request, Session session) {
        String bearer = bearer(request);
        Caller caller = bearer.startsWith("paybond_") ? byApiKey(bearer, session) : byToken(bearer, session);
        requireSameTenant(request, caller);
        return caller;
    }

    /** A Gateway request may carry a second authorization, for a payment; only the bearer identifies the caller. */
    private static String bearer(Request request) {
        return request.headers("authorization").stream()
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> ApiException.nested(401, "unauthorized", "A bearer credential is required."));
    }

    private Caller byApiKey(String bearer, Session session) {
        Matcher parts = API_KEY.matcher(bearer);
        if (!parts.matches()) {
            throw invalidApiKey();
        }
        ApiKeyRow key = liveKey(parts.group(3), session)
                .filter(row -> row.isRestricted() == parts.group(1).equals("rk"))
                .filter(row -> row.environment().equals(parts.group(2)))
                .filter(row -> sameSecret(row.secret(), parts.group(4)))
                .orElseThrow(Authenticator::invalidApiKey);
        return caller(key, Credential.API_KEY, session);
    }

    /** A token dies with the key that it was issued to. */
    private Caller byToken(String bearer, Session session) {
        return tokens.keyIdOf(bearer)
                .flatMap(keyId -> liveKey(keyId, session))
                .map(key -> caller(key, Credential.HARBOR_TOKEN, session))
                .orElseThrow(() -> ApiException.nested(
                        401, "invalid_token", "The Harbor access token is invalid, expired or revoked."));
    }

    private Optional<ApiKeyRow> liveKey(String keyId, Session session) {
        return tenants.apiKey(session, keyId).filter(row -> !row.revoked());
    }

    private Caller caller(ApiKeyRow key, Credential kind, Session session) {
        return new Caller(
                key.tenantId(),
                tenants.tenant(session, key.tenantId()).tenantUuid(),
                key.environment(),
                key.subject(),
                key.role(),
                key.keyId(),
                kind,
                Optional.ofNullable(key.scopes()).map(text -> Set.of(text.split(" ", -1))));
    }

    private static void requireSameTenant(Request request, Caller caller) {
        if (!request.headers("x-tenant-id").stream().allMatch(caller.tenantId()::equals)) {
            throw ApiException.nested(401, "tenant_mismatch", "x-tenant-id is not the tenant of this credential.");
        }
    }

    private static boolean sameSecret(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }

    private static ApiException invalidApiKey() {
        return ApiException.nested(401, "invalid_api_key", "The API key is unknown or revoked.");
    }
}
