package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.unsupported;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who must sign a call made with a token, and what third parties approved: all that blocks after the first say besides
 * their checks, read from their structure and never by a query.
 *
 * <p>A holder stays named for good. Another one takes its place only in a block that the first one signed as a third
 * party; a block that merely names another holder asks for both signatures, which no call has.
 *
 * @param mustSign the holders whose own signature a call needs: none, one, or more than can ever be had
 * @param named every holder that any block names
 * @param approvals what approvers signed
 */
record TokenTerms(Set<VerifyingKey> mustSign, Set<VerifyingKey> named, List<Approval> approvals) {

    /** How a third party's block names the place in the token that it was made for. */
    private static final String PLACE = "after ";

    TokenTerms {
        mustSign = Set.copyOf(mustSign);
        named = Set.copyOf(named);
        approvals = List.copyOf(approvals);
    }

    static String contextAfter(String chainDigest) {
        return PLACE + chainDigest;
    }

    static TokenTerms read(TokenShape token, @Nullable VerifyingKey issuersHolder, ThirdParties trusted)
            throws RejectedTokenException {
        Reader reader = new Reader(trusted);
        if (issuersHolder != null) {
            reader.name(issuersHolder);
        }
        for (int i = 1; i < token.blocks().size(); i++) {
            reader.read(token, i);
        }
        return new TokenTerms(reader.mustSign, reader.named, reader.approvals);
    }

    private static final class Reader {

        private final ThirdParties trusted;
        private final Set<VerifyingKey> mustSign = new LinkedHashSet<>();
        private final Set<VerifyingKey> named = new LinkedHashSet<>();
        private final List<Approval> approvals = new ArrayList<>();

        Reader(ThirdParties trusted) {
            this.trusted = trusted;
        }

        void name(VerifyingKey holder) {
            mustSign.add(holder);
            named.add(holder);
        }

        void read(TokenShape token, int index) throws RejectedTokenException {
            Schema.Block block = token.blocks().get(index);
            List<VerifyingKey> holders = HolderName.required(block, token.symbolsOf(index));
            Schema.SignedBlock signed = token.container().getBlocks(index - 1);
            if (!signed.hasExternalSignature()) {
                holders.forEach(this::name);
                return;
            }
            VerifyingKey signer =
                    SignatureChain.key(signed.getExternalSignature().getPublicKey());
            boolean handsOver = mustSign.contains(signer) && block.getFactsV2Count() == 0;
            if (!handsOver) {
                trusted.require(signer);
            }
            requirePlace(token, index);
            if (handsOver) {
                handOver(signer, holders);
            } else {
                approve(signer, block, token.symbolsOf(index), holders);
            }
        }

        private void handOver(VerifyingKey from, List<VerifyingKey> holders) throws RejectedTokenException {
            if (holders.size() != 1) {
                throw unsupported("a holder's block names no single successor");
            }
            mustSign.remove(from);
            name(holders.get(0));
        }

        private void approve(VerifyingKey signer, Schema.Block block, SymbolBook symbols, List<VerifyingKey> holders)
                throws RejectedTokenException {
            if (!holders.isEmpty() || block.getFactsV2Count() != 1) {
                throw unsupported("a third party's block states something else than one approval");
            }
            approvals.add(ApprovalFact.read(block.getFactsV2(0).getPredicate(), symbols, signer));
        }

        private static void requirePlace(TokenShape token, int index) throws RejectedTokenException {
            String context = token.blocks().get(index).getContext();
            if (!context.equals(contextAfter(token.chainDigest(index).hex()))) {
                throw new RejectedTokenException(
                        RejectedTokenException.Reason.MISPLACED, "a third party's block was made for another token");
            }
        }
    }
}
