package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.signature;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Ed25519;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.util.List;

/**
 * Checks a token's signatures, those of third parties included, with the kit's own strict Ed25519 on the fastest engine
 * there is. The library's own check is not used: it is slower, and its engine takes a signature with S at or above the group
 * order (CVE-2020-36843). Such a copy of a genuine token has another revocation identifier, and would walk past a revocation
 * list. A test holds this class against the library on published and on damaged tokens: what it accepts the library accepts.
 *
 * <p>The keys in a chain are one-time keys of whoever added a block, so each signature is judged as the Biscuit project's own
 * implementation judges it, strict and without the cofactor; see {@link Ed25519#verifies}.
 */
final class SignatureChain {

    private static final ByteString ED25519 = ByteString.copyFrom(new byte[4]);

    private SignatureChain() {}

    static void verify(Schema.Biscuit token, VerifyingKey root) throws RejectedTokenException {
        Schema.SignedBlock before = token.getAuthority();
        require(root.verify(
                signedBytes(before).toByteArray(), before.getSignature().toByteArray()));
        for (Schema.SignedBlock block : token.getBlocksList()) {
            ByteString signer = before.getNextKey().getKey();
            require(holds(signer, signedBytes(block), block.getSignature()));
            if (block.hasExternalSignature()) {
                verifyThirdParty(block, signer);
            }
            before = block;
        }
        verifyProof(token.getProof(), before);
    }

    /** The third party's signature of the last block, if it has one; nothing else. */
    static void verifyLastThirdParty(Schema.Biscuit token) throws RejectedTokenException {
        List<Schema.SignedBlock> blocks = TokenShape.signedBlocks(token);
        Schema.SignedBlock last = blocks.get(blocks.size() - 1);
        if (last.hasExternalSignature()) {
            verifyThirdParty(last, blocks.get(blocks.size() - 2).getNextKey().getKey());
        }
    }

    private static void verifyThirdParty(Schema.SignedBlock block, ByteString before) throws RejectedTokenException {
        Schema.ExternalSignature external = block.getExternalSignature();
        require(holds(
                external.getPublicKey().getKey(), thirdPartyBytes(block.getBlock(), before), external.getSignature()));
    }

    private static void verifyProof(Schema.Proof proof, Schema.SignedBlock last) throws RejectedTokenException {
        ByteString holder = last.getNextKey().getKey();
        if (proof.hasFinalSignature()) {
            require(holds(holder, signedBytes(last).concat(last.getSignature()), proof.getFinalSignature()));
        } else if (!Ed25519.isKeyOf(proof.getNextSecret().toByteArray(), holder.toByteArray())) {
            throw signature("the holder's key does not belong to the last block");
        }
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
    static ByteString thirdPartyBytes(ByteString block, ByteString previousKey) {
        return block.concat(ED25519).concat(previousKey);
    }

    private static boolean holds(ByteString key, ByteString message, ByteString signature) {
        return Ed25519.forVerifying().verifies(key.toByteArray(), message.toByteArray(), signature.toByteArray());
    }

    private static void require(boolean holds) throws RejectedTokenException {
        if (!holds) {
            throw signature("a signature of the token does not hold");
        }
    }
}
