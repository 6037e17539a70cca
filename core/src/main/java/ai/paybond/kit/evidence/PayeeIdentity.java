package ai.paybond.kit.evidence;

import ai.paybond.kit.wire.ed25519.Signer;
import java.util.Objects;

/**
 * Who signs evidence: the payee of the intent, by name and by key.
 *
 * @param did the payee's DID, exactly as the intent names it
 * @param signer holds the payee's Ed25519 key; may be a port to an HSM, and must be safe for use by many threads
 */
public record PayeeIdentity(String did, Signer signer) {

    /** @throws IllegalArgumentException when the DID is blank */
    public PayeeIdentity {
        Objects.requireNonNull(signer, "signer");
        if (did.isBlank()) {
            throw new IllegalArgumentException("the payee needs a DID");
        }
    }

    /** Names the payee and its public key only. */
    @Override
    public String toString() {
        return "PayeeIdentity[did=" + did + ", publicKey=" + signer.publicKey().hex() + "]";
    }
}
