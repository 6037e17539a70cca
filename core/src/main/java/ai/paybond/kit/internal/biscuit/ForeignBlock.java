package ai.paybond.kit.internal.biscuit;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import com.google.protobuf.ByteString;
import io.vavr.control.Option;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.biscuitsec.biscuit.token.builder.Block;

/**
 * A block that somebody else than the token's holder signed, for one place in one token. The arrays are never changed
 * after construction.
 *
 * @param content the encoded block
 * @param signature the signer's, over content and place
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and handed to nobody who writes
public record ForeignBlock(VerifyingKey signer, byte[] content, byte[] signature) {

    /**
     * Where in a token a block is to be added.
     *
     * @param lastKey the key that the token ends with
     * @param chain over the signatures of all blocks before
     */
    public record Place(VerifyingKey lastKey, Digest32 chain) {}

    /** Signs an approval for one place. */
    public static ForeignBlock approving(Approval approval, Signer signer, Place place) {
        Block block = new Block()
                .add_fact(ApprovalFact.write(
                        approval.operation(),
                        approval.argumentsDigest(),
                        approval.maxSpendCents(),
                        approval.expiresAt(),
                        approval.requestId()));
        return signed(block, signer, place);
    }

    static ForeignBlock signed(Block block, Signer signer, Place place) {
        block.set_context(TokenTerms.contextAfter(place.chain().hex()));
        // the library writes the version of third parties' blocks only when it knows the key, which is not in the block
        PublicKey key = BiscuitTokens.libraryKey(signer.publicKey());
        ByteString content =
                block.build(new SymbolTable(), Option.some(key)).serialize().toByteString();
        byte[] message = SignatureChain.thirdPartyBytes(
                        content, ByteString.copyFrom(place.lastKey().bytes()))
                .toByteArray();
        return new ForeignBlock(signer.publicKey(), content.toByteArray(), signer.sign(message));
    }
}
