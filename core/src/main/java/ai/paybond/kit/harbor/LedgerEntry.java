package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * One row of the tenant's ledger.
 *
 * @param sequence its number, counting from 1 without gaps
 * @param previousCommitment the commitment of the row before it; zeros for the first row
 * @param entryCommitment its own commitment
 * @param event what happened, with its {@code kind}
 * @param raw the whole row: time, issuer key and signature included
 */
public record LedgerEntry(
        long sequence, Digest32 previousCommitment, Digest32 entryCommitment, JsonObject event, JsonObject raw) {}
