package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers by which a write proves who sends it. Asked once per attempt, since a proof is good for one. */
@FunctionalInterface
interface ProofOfRequest {
    Map<String, String> headers(RecognitionPurpose purpose, String path, byte[] body);

    /** Direct Harbor asks for none. */
    static ProofOfRequest none() {
        return (purpose, path, body) -> Map.of();
    }

    /** Signed by the session's recognition key; without one, every write is refused here. */
    static ProofOfRequest recognition(String tenantId, @Nullable RecognitionKey key, Clock clock, Machine machine) {
        return (purpose, path, body) -> {
            if (key == null) {
                throw new ConfigurationException(
                        "recognition_key.missing",
                        "writing through the Gateway needs PaybondOptions.Builder.recognitionKey(keyId, signer)");
            }
            RecognitionProof.Builder proof = RecognitionProof.builder(key.keyId(), tenantId)
                    .purpose(purpose)
                    .request("POST", path, body)
                    .issuedBy(clock)
                    .nonce(machine.newId());
            return Map.of(RecognitionProof.HEADER, signed(proof, key).headerValue());
        };
    }

    private static RecognitionProof signed(RecognitionProof.Builder proof, RecognitionKey key) {
        try {
            return proof.sign(key.signer());
        } catch (WireException e) {
            throw new ConfigurationException(e.code(), "no recognition proof can be made: " + e.getMessage(), e);
        }
    }
}
