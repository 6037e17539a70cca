package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.VerifyingKey;

/** Walks the ledger from its first row to its tip. Made for one walk. */
final class LedgerAudit {
    private final LedgerReader ledger;
    private final String tenantId;
    private final VerifyingKey authority;

    private long read;
    private Digest32 previous = Digest32.of(new byte[32]);

    LedgerAudit(LedgerReader ledger, String tenantId, VerifyingKey authority) {
        this.ledger = ledger;
        this.tenantId = tenantId;
        this.authority = authority;
    }

    LedgerVerification run() {
        throw new UnsupportedOperationException(tenantId + authority + read + previous + ledger);
    }
}
