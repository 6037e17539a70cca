package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.List;
import java.util.function.Function;

/** The read routes of the tenant's ledger. */
final class LedgerReader {
    static final int LARGEST_PAGE = 256;

    private static final String TENANT = "tenant_id";

    /** Sends a read of Harbor. */
    @FunctionalInterface
    interface Read {
        Reply get(String path, Function<HttpCall.Builder, HttpCall.Builder> query);
    }

    private final Read read;
    private final String tenantId;

    LedgerReader(Read read, String tenantId) {
        this.read = read;
        this.tenantId = tenantId;
    }

    LedgerTip tip() {
        Reply reply = get("/ledger/v1/tip", Function.identity());
        return new LedgerTip(
                reply.integer("seq"),
                reply.digest("entry_commitment_hex"),
                reply.optionalBool("empty").orElse(false),
                reply.json());
    }

    LedgerPage events(long afterSequence, int limit) {
        if (afterSequence < 0 || limit < 1 || limit > LARGEST_PAGE) {
            throw new ConfigurationException(
                    "ledger.page_invalid", "a ledger page starts after 0 or more and has 1 to 256 rows");
        }
        Reply reply = get("/ledger/v1/events", call -> call.query("after_seq", Long.toString(afterSequence))
                .query("limit", Integer.toString(limit)));
        List<LedgerEntry> entries = reply.objects("entries").stream()
                .map(reply::inner)
                .map(LedgerReader::entry)
                .toList();
        return new LedgerPage(entries, reply.optionalInteger("next_after_seq").orElse(null));
    }

    VerifyingKey authority() {
        Reply reply = get("/ledger/v1/authority", Function.identity());
        try {
            return VerifyingKey.ofHex(reply.string("verifying_key_hex"));
        } catch (WireException e) {
            throw reply.wrongType("verifying_key_hex", "an Ed25519 key");
        }
    }

    private static LedgerEntry entry(Reply row) {
        return new LedgerEntry(
                row.integer("seq"),
                row.digest("prev_commitment_hex"),
                row.digest("entry_commitment_hex"),
                row.object("event"),
                row.json());
    }

    private Reply get(String path, Function<HttpCall.Builder, HttpCall.Builder> query) {
        return read.get(path, query).ofTenant(TENANT, tenantId);
    }
}
