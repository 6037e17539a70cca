package ai.paybond.kit.guard;

import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Locale;
import java.util.Objects;

/**
 * What a guard acts under: one intent, and the capability that was granted for it.
 *
 * @param intentId the intent, as UUID text
 * @param token the capability; a secret
 * @param currency ISO 4217 in lower case, such as {@code usd}; every spend of the guard is in it
 */
public record CapabilityBinding(String intentId, CapabilityToken token, String currency) {

    /**
     * UUID text and currency are kept in lower case.
     *
     * @throws IllegalArgumentException when intent or currency is blank
     */
    public CapabilityBinding {
        Objects.requireNonNull(token, "token");
        if (intentId.isBlank() || currency.isBlank()) {
            throw new IllegalArgumentException("a binding names an intent and a currency");
        }
        intentId = UuidText.isValid(intentId) ? intentId.toLowerCase(Locale.ROOT) : intentId;
        currency = currency.toLowerCase(Locale.ROOT);
    }

    /** What a call asks of the capability. */
    CapabilityRequest requestFor(CallFacts facts, JsonObject arguments) {
        return new CapabilityRequest(
                facts.tenantId(), intentId, facts.operation(), facts.spendCents(), currency, arguments);
    }
}
