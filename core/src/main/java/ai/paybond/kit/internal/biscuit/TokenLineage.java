package ai.paybond.kit.internal.biscuit;

import biscuit.format.schema.Schema;
import java.util.List;

/** Whether one token came from another by narrowing alone. */
public final class TokenLineage {

    private TokenLineage() {}

    /**
     * Requires the child to have every block of the parent, signature for signature, and after them nothing but checks of
     * its holders. Its signatures are not verified here: that is for whoever accepts a call with it.
     *
     * @throws RejectedTokenException {@link RejectedTokenException.Reason#NOT_NARROWED} when it has not, and otherwise when
     *     one of them cannot be read
     */
    public static void requireNarrowed(byte[] parent, byte[] child, TokenLimits limits) throws RejectedTokenException {
        TokenShape before = TokenShape.of(parent, limits);
        TokenShape after = TokenShape.of(child, limits);
        List<Schema.SignedBlock> kept = TokenShape.signedBlocks(before.container());
        List<Schema.SignedBlock> blocks = TokenShape.signedBlocks(after.container());
        boolean sameIssuer =
                before.container().getRootKeyId() == after.container().getRootKeyId();
        if (!sameIssuer
                || blocks.size() < kept.size()
                || !blocks.subList(0, kept.size()).equals(kept)) {
            throw notNarrowed("the capability does not come from the one that it should narrow");
        }
        if (terms(after).approvals().size() > terms(before).approvals().size()) {
            throw notNarrowed("the capability brings an approval along");
        }
    }

    private static TokenTerms terms(TokenShape token) throws RejectedTokenException {
        return TokenTerms.read(token, GrantReader.read(token).holder(), ThirdParties.anybody());
    }

    private static RejectedTokenException notNarrowed(String message) {
        return new RejectedTokenException(RejectedTokenException.Reason.NOT_NARROWED, message);
    }
}
