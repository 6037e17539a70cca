package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * The newest row of the tenant's ledger.
 *
 * @param sequence its number; 0 when the ledger is empty
 * @param entryCommitment its commitment; zeros when the ledger is empty
 * @param empty whether there is no row yet
 * @param raw the whole reply
 */
public record LedgerTip(long sequence, Digest32 entryCommitment, boolean empty, JsonObject raw) {}
