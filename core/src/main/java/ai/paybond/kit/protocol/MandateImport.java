package ai.paybond.kit.protocol;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mandate to be bound to an intent. Immutable; each method returns a changed copy.
 *
 * <p>The recognition proof stands inside the body whose digest it names, and Paybond does not say which bytes that digest is
 * of. The caller therefore brings the proof: for purpose {@value #PURPOSE}, {@code POST} and {@value #PATH}, over
 * {@link #bodyWithoutProof()} or over the signed mandate alone. The sandbox takes either.
 *
 * @param signedMandate the mandate as its principal signed it
 * @param intentId the intent's UUID
 * @param transportBinding how the mandate came here; empty by default
 * @param proof who hands it in; none by default
 */
public record MandateImport(
        JsonObject signedMandate,
        String intentId,
        JsonObject transportBinding,
        @Nullable RecognitionProof proof) {
    /** What the recognition proof is for. */
    public static final String PURPOSE = "protocol.mandate.import";

    /** The path that the recognition proof names. */
    public static final String PATH = "/protocol/v2/mandates";

    /** @throws ConfigurationException {@code intent_id.invalid} */
    public MandateImport {
        Objects.requireNonNull(signedMandate, "signedMandate");
        Objects.requireNonNull(transportBinding, "transportBinding");
        if (!UuidText.isValid(intentId)) {
            throw new ConfigurationException("intent_id.invalid", "the intent id is not a UUID");
        }
    }

    /** The mandate for the intent, with every default. */
    public static MandateImport of(JsonObject signedMandate, String intentId) {
        return new MandateImport(signedMandate, intentId, JsonObject.builder().build(), null);
    }

    /** Having come here like this. */
    public MandateImport withTransportBinding(JsonObject binding) {
        return new MandateImport(signedMandate, intentId, binding, proof);
    }

    /** Handed in by whoever signed this proof. */
    public MandateImport withProof(RecognitionProof recognitionProof) {
        return new MandateImport(signedMandate, intentId, transportBinding, recognitionProof);
    }

    /** The body's bytes but for the proof. */
    public byte[] bodyWithoutProof() {
        return unproved().toJson().getBytes(StandardCharsets.UTF_8);
    }

    JsonObject body() {
        return proof == null ? unproved() : unproved().with("recognition_proof", proof.toJson());
    }

    private JsonObject unproved() {
        return JsonObject.builder()
                .put("signed_mandate", signedMandate)
                .put("intent_id", intentId)
                .put("transport_binding", transportBinding)
                .build();
    }
}
