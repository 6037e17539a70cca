package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.Reason.UNKNOWN_ROOT_KEY;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.datalog.Check;
import org.biscuitsec.biscuit.datalog.SymbolTable;

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
        TokenChecks checks = TokenChecks.of(shape);
        Grant grant = GrantReader.read(shape);
        TokenTerms terms = TokenTerms.read(shape, grant.holder(), thirdParties);
        return new VerifiedToken(checks, grant, terms, revocationIds(shape), limits);
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
