package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.Reason.UNKNOWN_ROOT_KEY;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import io.vavr.control.Option;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.datalog.Check;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Biscuit;
import org.jspecify.annotations.Nullable;

/** Opens tokens: shape first, then signatures, then the grant, and only then may a check be evaluated. */
public final class BiscuitTokens {

    private BiscuitTokens() {}

    /** Verifies a token against the root keys that are pinned under their identifiers. */
    public static VerifiedToken verify(byte[] token, Map<Integer, VerifyingKey> rootKeys, TokenLimits limits)
            throws RejectedTokenException {
        TokenShape shape = TokenShape.of(token, limits);
        SignatureChain.verify(shape.container(), rootKey(shape.container(), rootKeys));
        Biscuit biscuit = open(shape, rootKeys);
        return new VerifiedToken(biscuit, GrantReader.read(shape), revocationIds(shape), limits);
    }

    /** Reads a token without asking who signed it. */
    public static TokenContent inspect(byte[] token, TokenLimits limits) throws RejectedTokenException {
        TokenShape shape = TokenShape.of(token, limits);
        Schema.Biscuit container = shape.container();
        return new TokenContent(
                container.hasRootKeyId() ? container.getRootKeyId() : null,
                GrantReader.read(shape),
                revocationIds(shape),
                container.getProof().hasFinalSignature(),
                printChecks(shape));
    }

    private static VerifyingKey rootKey(Schema.Biscuit token, Map<Integer, VerifyingKey> rootKeys)
            throws RejectedTokenException {
        VerifyingKey key = token.hasRootKeyId() ? rootKeys.get(token.getRootKeyId()) : null;
        if (key == null) {
            throw new RejectedTokenException(UNKNOWN_ROOT_KEY, "the token is not signed under a trusted root key");
        }
        return key;
    }

    private static Biscuit open(TokenShape shape, Map<Integer, VerifyingKey> rootKeys) throws RejectedTokenException {
        try {
            return Biscuit.from_bytes(shape.bytes(), id -> id.flatMap(known -> libraryKey(rootKeys.get(known))));
        } catch (GeneralSecurityException | Error.FormatError.Signature e) {
            throw RejectedTokenException.signature("a signature of the token does not hold");
        } catch (Error | RuntimeException | StackOverflowError e) {
            throw RejectedTokenException.malformed("the token cannot be read");
        }
    }

    private static Option<PublicKey> libraryKey(@Nullable VerifyingKey key) {
        return Option.of(key).map(known -> new PublicKey(Schema.PublicKey.Algorithm.Ed25519, known.bytes()));
    }

    private static List<String> revocationIds(TokenShape shape) {
        return TokenShape.signedBlocks(shape.container()).stream()
                .map(block -> Hex.encode(block.getSignature().toByteArray()))
                .toList();
    }

    private static List<List<String>> printChecks(TokenShape shape) throws RejectedTokenException {
        List<List<String>> printed = new ArrayList<>();
        try {
            for (Schema.Block block : shape.blocks()) {
                printed.add(block.getChecksV2List().stream()
                        .map(check -> shape.symbols()
                                .table()
                                .print_check(Check.deserializeV2(check).get()))
                        .toList());
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw RejectedTokenException.malformed("a check cannot be read");
        }
        return printed;
    }
}
