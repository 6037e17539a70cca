package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.signature;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;

/**
 * Checks a token's signatures with the kit's own strict Ed25519. The library checks them again, but its engine takes a
 * signature with S at or above the group order (CVE-2020-36843). Such a copy of a genuine token has another revocation
 * identifier, and would walk past a revocation list.
 */
final class SignatureChain {

    private static final ByteString ED25519 = ByteString.copyFrom(new byte[4]);

    private SignatureChain() {}

    static void verify(Schema.Biscuit token, VerifyingKey root) throws RejectedTokenException {
        VerifyingKey signer = root;
        Schema.SignedBlock last = token.getAuthority();
        for (Schema.SignedBlock block : TokenShape.signedBlocks(token)) {
            requireSignature(signer, signedBytes(block), block.getSignature());
            signer = key(block.getNextKey());
            last = block;
        }
        verifyProof(token.getProof(), last, signer);
    }

    private static void verifyProof(Schema.Proof proof, Schema.SignedBlock last, VerifyingKey holder)
            throws RejectedTokenException {
        if (proof.hasFinalSignature()) {
            requireSignature(holder, signedBytes(last).concat(last.getSignature()), proof.getFinalSignature());
        } else if (!isSecretOf(holder, proof.getNextSecret())) {
            throw signature("the holder's key does not belong to the last block");
        }
    }

    static boolean isSecretOf(VerifyingKey holder, ByteString secret) {
        return SigningKey.fromSeed(secret.toByteArray()).publicKey().equals(holder);
    }

    static VerifyingKey key(Schema.PublicKey key) throws RejectedTokenException {
        try {
            return VerifyingKey.of(key.getKey().toByteArray());
        } catch (WireException e) {
            throw signature("a key in the token is unsafe");
        }
    }

    private static ByteString signedBytes(Schema.SignedBlock block) {
        return block.getBlock().concat(ED25519).concat(block.getNextKey().getKey());
    }

    private static void requireSignature(VerifyingKey key, ByteString message, ByteString signature)
            throws RejectedTokenException {
        if (!key.verify(message.toByteArray(), signature.toByteArray())) {
            throw signature("a signature of the token does not hold");
        }
    }
}
