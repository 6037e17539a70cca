package ai.paybond.kit.harbor;

import ai.paybond.kit.internal.platform.Reply;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of its own ledger. {@link HarborClient#verifyLedger} finds out instead of asking.
 *
 * @param ok whether it found nothing wrong
 * @param rows how many rows it looked at
 * @param firstBadSequence the first row that is wrong; absent when none is
 * @param reason what is wrong; absent when nothing is
 */
public record LedgerVerdict(
        boolean ok,
        long rows,
        @Nullable Long firstBadSequence,
        @Nullable String reason) {
    static LedgerVerdict of(Reply reply) {
        return new LedgerVerdict(
                reply.bool("ok"),
                reply.longInteger("rows"),
                reply.optionalLong("first_bad_seq").orElse(null),
                reply.optionalString("reason").orElse(null));
    }
}
