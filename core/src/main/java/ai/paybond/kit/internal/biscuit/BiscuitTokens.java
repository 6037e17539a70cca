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
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Biscuit;
import org.jspecify.annotations.Nullable;

/**
 * Opens tokens: shape first, then whose blocks they are, then signatures, then the grant, and only then may a check be
 * evaluated.
 */
public final class BiscuitTokens {

    private BiscuitTokens() {}

    /**
     * Verifies a token against the root keys that are pinned under their identifiers.
     *
     * @param thirdParties who may have added to it, besides its holders
     */
    public static VerifiedToken verify(
            byte[] token, Map<Integer, VerifyingKey> rootKeys, ThirdParties thirdParties, TokenLimits limits)
            throws RejectedTokenException {
        TokenShape shape = TokenShape.of(token, limits);
        if (shape.hasThirdParties()) {
            terms(shape, thirdParties); // before the library or any signature is troubled with a stranger's block
        }
        SignatureChain.verify(shape.container(), rootKey(shape.container(), rootKeys));
        Biscuit biscuit = open(shape, rootKeys);
        Grant grant = GrantReader.read(shape);
        return new VerifiedToken(biscuit, grant, terms(shape, thirdParties), revocationIds(shape), limits);
    }

    private static TokenTerms terms(TokenShape shape, ThirdParties thirdParties) throws RejectedTokenException {
        return TokenTerms.read(shape, GrantReader.read(shape).holder(), thirdParties);
    }

    /** Reads a token without asking who signed it. */
    public static TokenContent inspect(byte[] token, TokenLimits limits) throws RejectedTokenException {
        TokenShape shape = TokenShape.of(token, limits);
        Schema.Biscuit container = shape.container();
        TokenTerms terms = terms(shape, ThirdParties.anybody());
        Grant grant = GrantReader.read(shape);
        return new TokenContent(
                container.hasRootKeyId() ? container.getRootKeyId() : null,
                grant,
                BoundsReader.read(shape, grant),
                terms.mustSign(),
                terms.approvals(),
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
            return Biscuit.from_bytes(shape.bytes(), id -> id.flatMap(known -> pinned(rootKeys.get(known))));
        } catch (GeneralSecurityException | Error.FormatError.Signature e) {
            throw RejectedTokenException.signature("a signature of the token does not hold");
        } catch (Error | RuntimeException | StackOverflowError e) {
            throw RejectedTokenException.malformed("the token cannot be read");
        }
    }

    private static Option<PublicKey> pinned(@Nullable VerifyingKey key) {
        return Option.of(key).map(BiscuitTokens::libraryKey);
    }

    static PublicKey libraryKey(VerifyingKey key) {
        return new PublicKey(Schema.PublicKey.Algorithm.Ed25519, key.bytes());
    }

    private static List<String> revocationIds(TokenShape shape) {
        return TokenShape.signedBlocks(shape.container()).stream()
                .map(block -> Hex.encode(block.getSignature().toByteArray()))
                .toList();
    }

    private static List<List<String>> printChecks(TokenShape shape) throws RejectedTokenException {
        List<List<String>> printed = new ArrayList<>();
        try {
            for (int i = 0; i < shape.blocks().size(); i++) {
                SymbolTable symbols = shape.symbolsOf(i).table();
                printed.add(shape.blocks().get(i).getChecksV2List().stream()
                        .map(check ->
                                symbols.print_check(Check.deserializeV2(check).get()))
                        .toList());
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw RejectedTokenException.malformed("a check cannot be read");
        }
        return printed;
    }
}
