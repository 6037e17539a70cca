package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.signature;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.unsupported;

import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.List;
import org.biscuitsec.biscuit.token.builder.Block;
import org.jspecify.annotations.Nullable;

/**
 * Adds one block to a token, with the key that the holder has and without any other. The issuer's signature is not
 * verified, since a holder need not know the root key: narrowing a forged token gives a forged token.
 */
public final class TokenNarrower {

    private static final int SEED_LENGTH = 32;

    private TokenNarrower() {}

    /**
     * Appends the restrictions as one block, and checks that the result is still within the limits.
     *
     * @param from the present holder, when the restrictions name its successor
     */
    public static byte[] append(
            byte[] token, List<Narrowing> narrowings, @Nullable Signer from, SecureRandom random, TokenLimits limits)
            throws RejectedTokenException {
        TokenShape shape = TokenShape.of(token, limits);
        SigningKey holder = holderKey(shape.container());
        Schema.SignedBlock.Builder added = from == null
                ? Schema.SignedBlock.newBuilder().setBlock(own(narrowings, shape))
                : foreign(ForeignBlock.signed(block(narrowings), from, place(shape)));
        return checked(append(shape.container(), holder, added, random), limits);
    }

    /** Appends a block that somebody else signed for this token. */
    public static byte[] append(byte[] token, ForeignBlock block, SecureRandom random, TokenLimits limits)
            throws RejectedTokenException {
        TokenShape shape = TokenShape.of(token, limits);
        SigningKey holder = holderKey(shape.container());
        return checked(append(shape.container(), holder, foreign(block), random), limits);
    }

    /** Where the next block of a token goes. */
    public static ForeignBlock.Place place(byte[] token, TokenLimits limits) throws RejectedTokenException {
        return place(TokenShape.of(token, limits));
    }

    private static ForeignBlock.Place place(TokenShape shape) throws RejectedTokenException {
        return new ForeignBlock.Place(
                lastKey(shape.container()), shape.chainDigest(shape.blocks().size()));
    }

    private static Block block(List<Narrowing> narrowings) {
        Block block = new Block();
        narrowings.forEach(narrowing -> block.add_check(NarrowingChecks.check(narrowing)));
        return block;
    }

    private static ByteString own(List<Narrowing> narrowings, TokenShape shape) throws RejectedTokenException {
        try {
            return block(narrowings).build(shape.symbols().table()).serialize().toByteString();
        } catch (RuntimeException | StackOverflowError e) {
            throw malformed("the token cannot be narrowed");
        }
    }

    private static Schema.SignedBlock.Builder foreign(ForeignBlock block) {
        return Schema.SignedBlock.newBuilder()
                .setBlock(ByteString.copyFrom(block.content()))
                .setExternalSignature(Schema.ExternalSignature.newBuilder()
                        .setSignature(ByteString.copyFrom(block.signature()))
                        .setPublicKey(publicKey(block.signer())));
    }

    private static byte[] append(
            Schema.Biscuit token, SigningKey holder, Schema.SignedBlock.Builder added, SecureRandom random) {
        byte[] seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        added.setNextKey(publicKey(SigningKey.fromSeed(seed).publicKey()));
        byte[] message = SignatureChain.signedBytes(added.buildPartial()).toByteArray();
        added.setSignature(ByteString.copyFrom(holder.sign(message)));
        return token.toBuilder()
                .addBlocks(added)
                .setProof(Schema.Proof.newBuilder().setNextSecret(ByteString.copyFrom(seed)))
                .build()
                .toByteArray();
    }

    private static byte[] checked(byte[] token, TokenLimits limits) throws RejectedTokenException {
        TokenShape shape = TokenShape.of(token, limits);
        TokenTerms terms = TokenTerms.read(shape, GrantReader.read(shape).holder(), ThirdParties.anybody());
        SignatureChain.verifyLastThirdParty(shape.container());
        if (terms.mustSign().size() > 1) {
            throw unsupported("the token has a holder already, who has to hand it over");
        }
        return token;
    }

    private static SigningKey holderKey(Schema.Biscuit token) throws RejectedTokenException {
        if (!token.getProof().hasNextSecret()) {
            throw new RejectedTokenException(RejectedTokenException.Reason.SEALED, "the token is sealed");
        }
        SigningKey holder = SigningKey.fromSeed(token.getProof().getNextSecret().toByteArray());
        if (!holder.publicKey().equals(lastKey(token))) {
            throw signature("the holder's key does not belong to the last block");
        }
        return holder;
    }

    private static VerifyingKey lastKey(Schema.Biscuit token) throws RejectedTokenException {
        List<Schema.SignedBlock> blocks = TokenShape.signedBlocks(token);
        return SignatureChain.key(blocks.get(blocks.size() - 1).getNextKey());
    }

    private static Schema.PublicKey publicKey(VerifyingKey key) {
        return Schema.PublicKey.newBuilder()
                .setAlgorithm(Schema.PublicKey.Algorithm.Ed25519)
                .setKey(ByteString.copyFrom(key.bytes()))
                .build();
    }
}
