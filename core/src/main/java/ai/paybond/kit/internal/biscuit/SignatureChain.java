package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.signature;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Ed25519;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;

/**
 * Checks a token's signatures, those of third parties included, with the kit's own strict Ed25519 on the fastest engine
 * there is. The library's own check is not used: it is slower, and its engine takes a signature with S at or above the group
 * order (CVE-2020-36843). Such a copy of a genuine token has another revocation identifier, and would walk past a revocation
 * list. A test holds this class against the library on published and on damaged tokens: what it accepts the library accepts.
 */
final class SignatureChain {

    private static final ByteString ED25519 = ByteString.copyFrom(new byte[4]);

    private SignatureChain() {}

    static void verify(Schema.Biscuit token, VerifyingKey root) throws RejectedTokenException {
        VerifyingKey signer = root;
        Schema.SignedBlock before = null;
        for (Schema.SignedBlock block : TokenShape.signedBlocks(token)) {
            if (before != null) {
                signer = key(before.getNextKey());
            }
            requireSignature(signer, signedBytes(block), block.getSignature());
            if (block.hasExternalSignature()) {
                verifyThirdParty(block, signer);
            }
            before = block;
        }
        verifyProof(token.getProof(), Objects.requireNonNull(before));
    }

    /** The third party's signature of the last block, if it has one; nothing else. */
    static void verifyLastThirdParty(Schema.Biscuit token) throws RejectedTokenException {
        List<Schema.SignedBlock> blocks = TokenShape.signedBlocks(token);
        Schema.SignedBlock last = blocks.get(blocks.size() - 1);
        if (last.hasExternalSignature()) {
            VerifyingKey before = key(blocks.get(blocks.size() - 2).getNextKey());
            verifyThirdParty(last, before);
        }
    }

    private static void verifyThirdParty(Schema.SignedBlock block, VerifyingKey before) throws RejectedTokenException {
        Schema.ExternalSignature external = block.getExternalSignature();
        requireSignature(
                key(external.getPublicKey()),
                thirdPartyBytes(block.getBlock(), before.bytes()),
                external.getSignature());
    }

    private static void verifyProof(Schema.Proof proof, Schema.SignedBlock last) throws RejectedTokenException {
        if (proof.hasFinalSignature()) {
            VerifyingKey holder = key(last.getNextKey());
            requireSignature(holder, signedBytes(last).concat(last.getSignature()), proof.getFinalSignature());
        } else if (!isKeyOf(proof.getNextSecret(), last.getNextKey())) {
            throw signature("the holder's key does not belong to the last block");
        }
    }

    /** Bytes that a secret leads to are a safe key; they need no check of their own. */
    private static boolean isKeyOf(ByteString secret, Schema.PublicKey key) {
        byte[] derived = SigningKey.fromSeed(secret.toByteArray(), Ed25519.forVerifying())
                .publicKey()
                .bytes();
        return MessageDigest.isEqual(derived, key.getKey().toByteArray());
    }

    static VerifyingKey key(Schema.PublicKey key) throws RejectedTokenException {
        try {
            return VerifyingKey.of(key.getKey().toByteArray(), Ed25519.forVerifying());
        } catch (WireException e) {
            throw signature("a key in the token is unsafe");
        }
    }

    /** What the holder of the previous block's key signs. */
    static ByteString signedBytes(Schema.SignedBlock block) {
        ByteString signed = block.getBlock();
        if (block.hasExternalSignature()) {
            signed = signed.concat(block.getExternalSignature().getSignature());
        }
        return signed.concat(ED25519).concat(block.getNextKey().getKey());
    }

    /** What a third party signs: its block, and the key that the block before it ends with. */
    static ByteString thirdPartyBytes(ByteString block, byte[] previousKey) {
        return block.concat(ED25519).concat(ByteString.copyFrom(previousKey));
    }

    private static void requireSignature(VerifyingKey key, ByteString message, ByteString signature)
            throws RejectedTokenException {
        if (!key.verify(message.toByteArray(), signature.toByteArray())) {
            throw signature("a signature of the token does not hold");
        }
    }
}
