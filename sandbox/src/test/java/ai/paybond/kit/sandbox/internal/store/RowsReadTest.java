package ai.paybond.kit.sandbox.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.sandbox.internal.store.RequestStore.StoredReply;
import ai.paybond.kit.wire.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sandbox may run for days: what a call asks the store must not read what other calls have left there. */
class RowsReadTest {
    private static final String TENANT = "tenant";
    private static final UUID DECISION = UUID.randomUUID();
    private static final String INTENT = new UUID(0, 0).toString();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(300);
    private static final JsonObject EMPTY = JsonObject.parse("{}");

    private static final TenantStore TENANTS = new TenantStore();
    private static final IntentStore INTENTS = new IntentStore();
    private static final EvidenceStore EVIDENCE = new EvidenceStore();
    private static final SpendStore SPEND = new SpendStore();
    private static final LedgerStore LEDGER = new LedgerStore();
    private static final RequestStore REQUESTS = new RequestStore();
    private static final ApprovalStore APPROVALS = new ApprovalStore();
    private static final DocumentStore DOCUMENTS = new DocumentStore();

    private static Connection quiet;
    private static Connection busy;

    @BeforeAll
    static void fill() throws SQLException {
        quiet = storeAfter(10);
        busy = storeAfter(400);
    }

    @AfterAll
    static void close() throws SQLException {
        quiet.close();
        busy.close();
    }

    static Stream<Named<Consumer<Session>>> questions() {
        return Stream.of(
                named("was this answered before", s -> REQUESTS.reply(s, TENANT, "VERIFY", "key-1", NOW)),
                named("was this nonce used", s -> REQUESTS.nonceUsed(s, TENANT, "key", "nonce-1")),
                named("use a nonce", s -> REQUESTS.useNonce(s, TENANT, "key", "fresh", LATER, NOW)),
                named("the intent", s -> INTENTS.find(s, TENANT, INTENT)),
                named("is the capability revoked", s -> SPEND.isRevoked(s, "jti")),
                named("what the intent holds", s -> SPEND.heldCents(s, TENANT, INTENT, NOW)),
                named("what the tenant spent since", s -> SPEND.heldSince(s, TENANT, LATER, NOW)),
                named("how often it spent since", s -> SPEND.allowedSince(s, TENANT, LATER)),
                named("the decision", s -> SPEND.decision(s, TENANT, DECISION)),
                named("the call behind the evidence", s -> SPEND.lastAllowedCall(s, TENANT, INTENT)),
                named("the intent's evidence", s -> EVIDENCE.find(s, TENANT, INTENT)),
                named("approvals of the call", s -> APPROVALS.of(s, TENANT, INTENT, "operation", 1)),
                named("the ledger's tip", s -> LEDGER.tip(s, TENANT)),
                named("a page of the ledger", s -> LEDGER.after(s, TENANT, 2, 3)),
                named("a document", s -> DOCUMENTS.find(s, TENANT, DocumentKind.AGENT_RECEIPT, "receipt-1")),
                named(
                        "change a document",
                        s -> DOCUMENTS.put(s, TENANT, DocumentKind.AGENT_RECEIPT, "receipt-1", EMPTY, NOW)),
                named("a page of documents", s -> DOCUMENTS.page(s, TENANT, DocumentKind.AGENT_RECEIPT, 0, 3)),
                named("documents after one", s -> DOCUMENTS.after(s, TENANT, DocumentKind.AGENT_RECEIPT, 2, 3)));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void readsNoMoreForFourHundredCallsThanForTen(Consumer<Session> question) throws SQLException {
        assertThat(RowsRead.by(question, busy)).isPositive().isLessThanOrEqualTo(RowsRead.by(question, quiet));
    }

    /** A store that another call of its tenant went through so many times. */
    private static Connection storeAfter(int calls) throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:ai/paybond/kit/sandbox/migrations")
                .load()
                .migrate();
        Connection connection = DriverManager.getConnection(url, "", "");
        Session session = new Session(connection);
        TENANTS.addTenant(session, 1, new TenantRow(TENANT, UUID.randomUUID(), "s", "s", "s"));
        add(session, 0, INTENT, DECISION);
        for (int i = 1; i < calls; i++) {
            add(session, i, new UUID(0, i).toString(), UUID.randomUUID());
        }
        session.update("analyze"); // as H2 does by itself from time to time
        return connection;
    }

    private static void add(Session session, int number, String intentId, UUID decisionId) {
        INTENTS.add(session, intent(intentId));
        SPEND.addDecision(
                session, new DecisionRow(TENANT, decisionId, intentId, "operation", 1, "consumed", NOW, LATER));
        SPEND.addVerification(
                session,
                new VerificationRow(
                        TENANT,
                        UUID.randomUUID(),
                        intentId,
                        "operation",
                        1,
                        true,
                        null,
                        "call",
                        decisionId,
                        null,
                        "{}",
                        NOW));
        EVIDENCE.add(
                session, new EvidenceRow(TENANT, intentId, "d", "{}", "[]", "d", "d", 2, "k", "t", NOW, true, "{}"));
        LEDGER.add(session, new LedgerRow(TENANT, number + 1, "{}", 1, "p", "e", "k", "s"));
        REQUESTS.keepReply(session, TENANT, "VERIFY", "key-" + number, new StoredReply("f", 200, "{}", "{}"), NOW);
        REQUESTS.useNonce(session, TENANT, "key", "nonce-" + number, LATER, NOW);
        DOCUMENTS.put(session, TENANT, DocumentKind.AGENT_RECEIPT, "receipt-" + number, EMPTY, NOW);
    }

    private static IntentRow intent(String intentId) {
        return new IntentRow(
                TENANT, intentId, "funded", "p", "p", null, 1, "usd", "d", "r", "{}", "{}", "[]", "d", null, null,
                "funded", true, NOW);
    }
}
