package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;

/**
 * Signs digests for one address. Implement it to keep the key in a hardware module or a signing service;
 * {@link EvmSignature#complete} turns the bare numbers such a device returns into a signature.
 */
public interface EvmSigner {
    /** The address signatures recover to. */
    EvmAddress address();

    /** The signature over exactly this digest, without any prefix. May block. */
    EvmSignature sign(Digest32 digest);

    /**
     * Signs and compares the recovered address with {@link #address()}, so that a signer gone wrong is noticed here.
     *
     * @throws EvmException {@code evm.signer_mismatch} if the signature is somebody else's
     */
    default EvmSignature signChecked(Digest32 digest) {
        EvmSignature signature = sign(digest);
        boolean own = signature.recover(digest).equals(address());
        EvmException.require(own, "evm.signer_mismatch", "the signature is not the signer's");
        return signature;
    }
}
