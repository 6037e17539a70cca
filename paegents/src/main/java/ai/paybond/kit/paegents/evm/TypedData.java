package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * A message to sign under EIP-712. Nothing is guessed: every member of the primary type must be in the message, and
 * nothing else. Integers are decimal text or JSON integers, bytes are {@code 0x} and hexadecimal digits.
 */
public record TypedData(TypedDataDomain domain, StructTypes types, String primaryType, JsonObject message) {
    private static final byte[] PREFIX = {0x19, 0x01};

    /**
     * The words that the struct hash is over.
     *
     * @throws EvmException {@code evm.type}, {@code evm.value}, {@code evm.value_range}, {@code evm.member_missing},
     *     {@code evm.member_unknown}, or the code of a malformed address or hexadecimal value
     */
    public byte[] encodeData() {
        return new StructEncoder(types).encode(primaryType, message);
    }

    /** @throws EvmException as {@link #encodeData} */
    public Digest32 structHash() {
        return Keccak256.hash(encodeData());
    }

    /**
     * What is signed.
     *
     * @throws EvmException as {@link #encodeData}
     */
    public Digest32 digest() {
        return Keccak256.hash(PREFIX, domain.separator().bytes(), structHash().bytes());
    }

    /**
     * Signs, and makes sure that the signature recovers to the signer.
     *
     * @throws EvmException as {@link #encodeData}, and {@code evm.signer_mismatch}
     */
    public EvmSignature sign(EvmSigner signer) {
        return signer.signChecked(digest());
    }
}
