package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.signature;

import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import io.vavr.control.Option;
import java.security.SecureRandom;
import java.util.List;
import org.biscuitsec.biscuit.crypto.KeyPair;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.builder.Block;
import org.biscuitsec.biscuit.token.format.SerializedBiscuit;

/** Adds one block of checks to a token, with the key that the holder has and without any other. */
public final class TokenNarrower {

    private TokenNarrower() {}

    /**
     * Appends the restrictions as one block, and checks that the result is still within the limits. The issuer's
     * signature is not verified, since a holder need not know the root key: narrowing a forged token gives a forged token.
     */
    public static byte[] append(byte[] token, List<Narrowing> narrowings, SecureRandom random, TokenLimits limits)
            throws RejectedTokenException {
        TokenShape shape = TokenShape.of(token, limits);
        requireHolderKey(shape.container());
        byte[] narrowed = append(shape, block(narrowings), new KeyPair(random));
        TokenShape.of(narrowed, limits);
        return narrowed;
    }

    private static Block block(List<Narrowing> narrowings) {
        Block block = new Block();
        narrowings.forEach(narrowing -> block.add_check(NarrowingChecks.check(narrowing)));
        return block;
    }

    private static void requireHolderKey(Schema.Biscuit token) throws RejectedTokenException {
        if (!token.getProof().hasNextSecret()) {
            throw new RejectedTokenException(RejectedTokenException.Reason.SEALED, "the token is sealed");
        }
        List<Schema.SignedBlock> blocks = TokenShape.signedBlocks(token);
        ByteString secret = token.getProof().getNextSecret();
        if (!SignatureChain.isSecretOf(
                SignatureChain.key(blocks.get(blocks.size() - 1).getNextKey()), secret)) {
            throw signature("the holder's key does not belong to the last block");
        }
    }

    private static byte[] append(TokenShape shape, Block block, KeyPair next) throws RejectedTokenException {
        try {
            SerializedBiscuit container = SerializedBiscuit.unsafe_deserialize(shape.bytes());
            SerializedBiscuit narrowed = container
                    .append(next, block.build(shape.symbols().table()), Option.none())
                    .get();
            // the library forgets the root key's identifier here, without which no verifier finds the key
            narrowed.root_key_id = rootKeyId(shape.container());
            return narrowed.serialize();
        } catch (Error | RuntimeException | StackOverflowError e) {
            throw malformed("the token cannot be narrowed");
        }
    }

    private static Option<Integer> rootKeyId(Schema.Biscuit token) {
        return token.hasRootKeyId() ? Option.of(token.getRootKeyId()) : Option.none();
    }
}
