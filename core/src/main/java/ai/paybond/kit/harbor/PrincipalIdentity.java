package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.ed25519.Signer;
import java.util.Objects;

/**
 * Who commits money: the principal of an intent, by name and by key.
 *
 * @param did the principal's DID
 * @param signer holds the principal's Ed25519 key; must be safe for use by many threads
 */
public record PrincipalIdentity(String did, Signer signer) {
    public PrincipalIdentity {
        Objects.requireNonNull(did, "did");
        Objects.requireNonNull(signer, "signer");
    }

    /** Names the principal and its public key only. */
    @Override
    public String toString() {
        return "PrincipalIdentity[did=" + did + ", publicKey="
                + signer.publicKey().hex() + "]";
    }
}
