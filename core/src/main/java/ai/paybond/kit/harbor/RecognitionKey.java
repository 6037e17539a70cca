package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.ed25519.Signer;
import java.util.Objects;

/**
 * The agent key that proves to the Gateway who writes.
 *
 * @param keyId the id under which its public half is registered at the Gateway
 * @param signer holds the private half; must be safe for use by many threads
 */
public record RecognitionKey(String keyId, Signer signer) {
    public RecognitionKey {
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(signer, "signer");
    }

    /** The id and the public half. */
    @Override
    public String toString() {
        return "RecognitionKey[keyId=" + keyId + ", publicKey="
                + signer.publicKey().hex() + "]";
    }
}
