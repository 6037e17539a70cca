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
 * @param proof the holder's signature over this call, for a token that names a holder; ignored otherwise
 * @param callId what makes the call that the proof is used for, if it is known: the same proof may be shown again for the
 *     same call, as after an answer that was lost, and for no other
 */
public record CapabilityRequest(
        String tenantId,
        String intentId,
        String operation,
        long spendCents,
        @Nullable String currency,
        JsonObject arguments,
        @Nullable HolderProof proof,
        @Nullable String callId) {

    /** Normalises the texts as described at each component. */
    public CapabilityRequest {
        tenantId = orEmpty(tenantId);
        intentId = lowerCaseUuid(orEmpty(intentId));
        operation = orEmpty(operation);
        currency = currency == null || currency.isBlank() ? null : currency.toLowerCase(Locale.ROOT);
        arguments = arguments == null ? JsonObject.builder().build() : arguments;
    }

    /** A request without a holder's proof. */
    public CapabilityRequest(
            String tenantId,
            String intentId,
            String operation,
            long spendCents,
            @Nullable String currency,
            JsonObject arguments) {
        this(tenantId, intentId, operation, spendCents, currency, arguments, null, null);
    }

    /** The same request with a proof that is used for it alone. */
    public CapabilityRequest provedBy(@Nullable HolderProof proof) {
        return provedBy(proof, null);
    }

    /** The same request with a proof, for the call of this id. */
    public CapabilityRequest provedBy(@Nullable HolderProof proof, @Nullable String callId) {
        return new CapabilityRequest(tenantId, intentId, operation, spendCents, currency, arguments, proof, callId);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null || text.isBlank() ? "" : text;
    }

    private static String lowerCaseUuid(String text) {
        return UuidText.isValid(text) ? text.toLowerCase(Locale.ROOT) : text;
    }
}
