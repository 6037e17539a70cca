package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks a ledger from its first row to its tip, believing nothing but the key it was given. Made for one walk. */
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

    /** The tip is read first: rows that are appended meanwhile come after it. */
    LedgerVerification run() {
        LedgerTip tip = ledger.tip();
        @Nullable Long after = 0L;
        while (after != null) {
            LedgerPage page = ledger.events(after, LedgerReader.LARGEST_PAGE);
            for (LedgerEntry entry : page.entries()) {
                Optional<String> fault = fault(entry, tip);
                if (fault.isPresent()) {
                    return LedgerVerification.broken(read + 1, fault.get(), read + 1);
                }
                read = entry.sequence();
                previous = entry.entryCommitment();
            }
            after = next(page);
        }
        return read < tip.sequence()
                ? LedgerVerification.broken(read, "ledger.tip", tip.sequence())
                : LedgerVerification.intact(read);
    }

    /** A page that leads nowhere new ends the walk, or a server could keep it going for ever. */
    private @Nullable Long next(LedgerPage page) {
        return page.entries().isEmpty() || page.nextAfterSequence() == null ? null : Long.valueOf(read);
    }

    private Optional<String> fault(LedgerEntry entry, LedgerTip tip) {
        if (entry.sequence() != read + 1) {
            return Optional.of("ledger.gap");
        }
        if (!entry.previousCommitment().equals(previous)) {
            return Optional.of("ledger.chain");
        }
        if (entry.sequence() == tip.sequence() && !entry.entryCommitment().equals(tip.entryCommitment())) {
            return Optional.of("ledger.tip");
        }
        return authenticityFault(entry);
    }

    private Optional<String> authenticityFault(LedgerEntry entry) {
        try {
            byte[] bytes = LedgerRowForm.canonicalBytes(tenantId, entry);
            if (!Digest32.blake3(bytes).equals(entry.entryCommitment())) {
                return Optional.of("ledger.commitment");
            }
            if (!text(entry, "issuer_pubkey_hex").equals(authority.hex())) {
                return Optional.of("ledger.issuer");
            }
            boolean signed = authority.verify(bytes, Hex.decode(text(entry, "signature_hex")));
            return signed ? Optional.empty() : Optional.of("ledger.signature");
        } catch (WireException e) {
            return Optional.of("ledger.signature");
        }
    }

    private static String text(LedgerEntry entry, String member) {
        return entry.raw().string(member).orElse("");
    }
}
