package ai.paybond.kit.springai.web;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.guard.CapabilityBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Finds the capability that a caller's agent works under. May block; in a reactive application it is asked on a thread that
 * may. Where it gives none, or throws, no tool runs. Implementations are thread-safe.
 */
@FunctionalInterface
public interface CallerCapability {

    /** The header with the intent, as UUID text. */
    String INTENT_HEADER = "Paybond-Intent";

    /** The header with the capability, as base64; a secret. */
    String CAPABILITY_HEADER = "Paybond-Capability";

    /** The header with the currency, ISO 4217; {@code usd} where it is missing. */
    String CURRENCY_HEADER = "Paybond-Currency";

    /** The capability of a caller; null when there is none. */
    @Nullable CapabilityBinding capabilityOf(Caller caller);

    /**
     * From the headers of the request, for services behind a gateway of one's own that sets them. Whoever has a capability may
     * use it, so the way there has to be encrypted and trusted. A header that comes twice counts as missing.
     */
    static CallerCapability fromHeaders() {
        return caller -> {
            String intent = single(caller.headers(), INTENT_HEADER);
            String token = single(caller.headers(), CAPABILITY_HEADER);
            if (intent == null || token == null) {
                return null;
            }
            String currency = single(caller.headers(), CURRENCY_HEADER);
            boolean given = caller.headers().containsHeader(CURRENCY_HEADER);
            return given && currency == null
                    ? null
                    : new CapabilityBinding(intent, CapabilityToken.of(token), currency == null ? "usd" : currency);
        };
    }

    private static @Nullable String single(HttpHeaders headers, String name) {
        List<String> values = headers.getOrEmpty(name);
        return values.size() == 1 && !values.get(0).isBlank() ? values.get(0).strip() : null;
    }

    /** From the principal, if it is a {@link CapabilityHolder} or an {@code Authentication} of one. */
    static CallerCapability fromPrincipal() {
        return caller -> {
            Object principal = Principals.innermost(caller.principal());
            return principal instanceof CapabilityHolder holder ? holder.capability() : null;
        };
    }
}
