package ai.paybond.kit.sandbox.internal.trace;

import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.store.Database;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.DocumentStore.Document;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import ai.paybond.kit.sandbox.internal.store.TenantRow;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.sandbox.internal.store.VerificationRow;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the page shows: of every tenant, the newest of what was asked, run, proved and settled. Holds no key or token. */
public final class TraceSnapshot {
    private static final int NEWEST = 200;

    private final Database database;
    private final Stores stores;
    private final Ledger ledger;

    /** Of one length, so that texts sort as times do. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** Where the page reads. */
    public record Stores(TenantStore tenants, IntentStore intents, SpendStore spend, DocumentStore documents) {}

    public TraceSnapshot(Database database, Stores stores, Ledger ledger) {
        this.database = database;
        this.stores = stores;
        this.ledger = ledger;
    }

    public JsonObject take(long version) {
        return database.inTransaction(session -> JsonObject.builder()
                .put("version", version)
                .put("tenants", tenantIds(session))
                .put("events", events(session))
                .put("intents", intents(session))
                .put("ledger", ledger(session))
                .build());
    }

    /** Whether every tenant's ledger holds together, and if not, where it breaks. */
    public JsonObject verify() {
        return database.inTransaction(session -> JsonObject.builder()
                .put(
                        "ledgers",
                        tenantIds(session).stream()
                                .map(tenant -> audit(session, tenant))
                                .toList())
                .build());
    }

    private JsonObject audit(Session session, String tenant) {
        Ledger.Audit audit = ledger.audit(session, tenant);
        return JsonObject.builder()
                .put("tenant", tenant)
                .put("ok", audit.ok())
                .put("rows", audit.rows())
                .put("first_bad_seq", audit.firstBadSeq().orElse(null))
                .put("reason", audit.reason().orElse(null))
                .build();
    }

    private List<String> tenantIds(Session session) {
        return stores.tenants().tenants(session).stream()
                .map(TenantRow::tenantId)
                .toList();
    }

    /** Verifications, what agents reported, and ledger rows about intents, the newest first. */
    private List<JsonObject> events(Session session) {
        List<JsonObject> events = new ArrayList<>();
        stores.spend().verifications(session).forEach(row -> events.add(verification(row)));
        stores.documents().all(session, DocumentKind.TRACE_EVENT).forEach(row -> events.add(reported(row)));
        for (String tenant : tenantIds(session)) {
            ledger.all(session, tenant).forEach(row -> events.add(settlement(tenant, Ledger.view(row))));
        }
        events.sort(Comparator.comparing(event -> event.string("at").orElse("")));
        Collections.reverse(events); // what happened at one time, too
        return newest(events);
    }

    private static JsonObject verification(VerificationRow row) {
        return JsonObject.builder()
                .put("at", text(row.at()))
                .put("tenant", row.tenantId())
                .put("phase", "authorize")
                .put("intent_id", row.intentId())
                .put("title", row.operation())
                .put("amount_cents", row.spendCents())
                .put("outcome", outcome(row))
                .put("code", row.code())
                .put("tool_call_id", row.toolCallId())
                .build();
    }

    private static String outcome(VerificationRow row) {
        if (row.allow()) {
            return "allowed";
        }
        return "approval_required".equals(row.code()) ? "held" : "denied";
    }

    private static JsonObject reported(Document row) {
        JsonObject event = row.body().object("event").orElseThrow();
        return JsonObject.builder()
                .put("at", text(row.storedAt()))
                .put("tenant", row.tenantId())
                .put("phase", "execute")
                .put("run_id", row.body().get("run_id"))
                .put("title", event.string("type").orElse("event"))
                .put("outcome", "reported")
                .putIfPresent("tool_call_id", event.get("toolCallId"))
                .build();
    }

    private static JsonObject settlement(String tenant, JsonObject row) {
        JsonObject event = row.object("event").orElseThrow();
        String kind = event.string("kind").orElse("");
        long nanos = Long.parseLong(row.string("timestamp_unix_nanos").orElse("0"));
        return JsonObject.builder()
                .put("at", text(Instant.EPOCH.plusNanos(nanos)))
                .put("tenant", tenant)
                .put("phase", phase(kind))
                .put("intent_id", event.get("intent_id"))
                .put("title", kind)
                .putIfPresent("amount_cents", event.get("amount_cents"))
                .put("outcome", "recorded")
                .build();
    }

    private static String phase(String kind) {
        return switch (kind) {
            case "evidence_submitted", "predicate_evaluated" -> "evidence";
            case "intent_created", "settlement_hold_placed", "protocol_mandate_bound" -> "intent";
            default -> "settlement";
        };
    }

    private List<JsonObject> intents(Session session) {
        List<JsonObject> intents = new ArrayList<>();
        for (IntentRow row : stores.intents().all(session)) {
            intents.add(
                    0,
                    JsonObject.builder()
                            .put("intent_id", row.intentId())
                            .put("tenant", row.tenantId())
                            .put("state", row.state())
                            .put("amount_cents", row.amountCents())
                            .put("currency", row.currency())
                            .put("rail", row.settlementRail())
                            .put("payee", row.payeeDid())
                            .put("predicate_passed", row.predicatePassed())
                            .put("created_at", text(row.createdAt()))
                            .build());
        }
        return newest(intents);
    }

    private List<JsonObject> ledger(Session session) {
        List<JsonObject> rows = new ArrayList<>();
        for (String tenant : tenantIds(session)) {
            ledger.all(session, tenant)
                    .forEach(row -> rows.add(0, Ledger.view(row).with("tenant", tenant)));
        }
        return newest(rows);
    }

    private static List<JsonObject> newest(List<JsonObject> rows) {
        return JsonArray.of(rows.subList(0, Math.min(NEWEST, rows.size())))
                .objectItems()
                .toList();
    }

    private static String text(Instant at) {
        return MILLIS.format(at);
    }
}
