package ai.paybond.kit.capability;

import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one tool call asks for, to be held against a capability. An expectation that is null or blank is kept as the
 * empty text, which no token satisfies.
 *
 * @param tenantId the tenant realm of the session
 * @param intentId the intent that the call is made for; UUID text is compared in lower case
 * @param operation the exact name of the operation
 * @param spendCents what the call will cost at most, in cents; 0 for a free one, negative is refused
 * @param currency the spend's currency, compared in lower case; needed when the token names one and something is spent
 * @param arguments the call's own arguments, which checks in the token may restrict
 */
public record CapabilityRequest(
        String tenantId,
        String intentId,
        String operation,
        long spendCents,
        @Nullable String currency,
        JsonObject arguments) {

    /** Normalises the texts as described at each component. */
    public CapabilityRequest {
        tenantId = orEmpty(tenantId);
        intentId = lowerCaseUuid(orEmpty(intentId));
        operation = orEmpty(operation);
        currency = currency == null || currency.isBlank() ? null : currency.toLowerCase(Locale.ROOT);
        arguments = arguments == null ? JsonObject.builder().build() : arguments;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null || text.isBlank() ? "" : text;
    }

    private static String lowerCaseUuid(String text) {
        return UuidText.isValid(text) ? text.toLowerCase(Locale.ROOT) : text;
    }
}
