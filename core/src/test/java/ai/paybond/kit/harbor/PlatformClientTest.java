package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.INTENT;
import static ai.paybond.kit.harbor.TestSessions.OPERATOR;
import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.audit.AuditExportRequest;
import ai.paybond.kit.fraud.ReviewEvent;
import ai.paybond.kit.fraud.ReviewFilter;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.protocol.MandateImport;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that go on, answers that contradict themselves, and arguments that are never sent. */
class PlatformClientTest {
    private static final JsonObject MANDATE = JsonObject.of(Map.of("a", 1));

    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, new ScriptedMachine());

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private void assertRefused(String code, ThrowingCallable call) {
        assertThat(catchThrowableOfType(ConfigurationException.class, call).code())
                .isEqualTo(code);
        assertThat(server.requests()).as("the opening only").isEqualTo(1);
    }

    private void answerIntents(int from, int to, @Nullable String next) {
        List<JsonObject> rows = IntStream.range(from, to)
                .mapToObj(i -> JsonObject.builder()
                        .put("tenant_id", TENANT)
                        .put("intent_id", INTENT.substring(0, 34) + (10 + i))
                        .put("state", "open")
                        .build())
                .toList();
        server.answer(
                200,
                JsonObject.builder()
                        .put("tenant_id", TENANT)
                        .put("intents", rows)
                        .put("next_cursor", next)
                        .build()
                        .toJson());
    }

    @Test
    void readsOnPageByPage() {
        answerIntents(0, 2, "c-2");
        answerIntents(2, 3, null);

        assertThat(session.harbor().intents(IntentFilter.all())).hasSize(3);
        assertThat(server.all())
                .extracting(RecordedRequest::getTarget)
                .containsExactly("/harbor/operator/v1/intents", "/harbor/operator/v1/intents?cursor=c-2");
    }

    @Test
    void asksForAPageOnlyWhenItIsWanted() {
        answerIntents(0, 2, "c-2");
        Stream<IntentDetail> intents = session.harbor().intents(IntentFilter.all());
        assertThat(server.requests())
                .as("nothing is asked before the stream is read")
                .isEqualTo(1);

        Iterator<IntentDetail> two = intents.iterator();
        List<IntentDetail> read = new ArrayList<>(List.of(two.next(), two.next()));

        assertThat(read).hasSize(2);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void isNotKeptGoingByAPageThatLeadsToItself() {
        answerIntents(0, 2, "c-2");
        answerIntents(2, 3, "c-2");

        assertThat(session.harbor().intents(IntentFilter.all())).hasSize(3);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void isNotKeptGoingByEmptyPages() {
        answerIntents(0, 0, "c-2");

        assertThat(session.harbor().intents(IntentFilter.all())).isEmpty();
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void refusesAnotherTenantsRowAmongItsOwn() {
        JsonObject row = JsonObject.of(Map.of("tenant_id", "tenant-b", "intent_id", INTENT, "state", "open"));
        server.answer(
                200,
                JsonObject.of(Map.of("tenant_id", TENANT, "intents", List.of(row)))
                        .toJson());

        assertThat(catchThrowableOfType(TenantBindingException.class, () -> session.harbor()
                                .intents(IntentFilter.all())
                                .toList())
                        .actual())
                .isEqualTo("tenant-b");
    }

    @Test
    void goesOnByOffsetWhileThePageIsFullAsTheServerCountsIt() {
        JsonObject run = JsonObject.of(Map.of("run_id", "r", "intent_id", "i"));
        server.answer(
                200,
                JsonObject.of(Map.of("tenant_id", TENANT, "items", List.of(run, run), "limit", 2, "offset", 0))
                        .toJson());
        server.answer(
                200,
                JsonObject.of(Map.of("tenant_id", TENANT, "items", List.of(run), "limit", 2, "offset", 2))
                        .toJson());

        assertThat(session.agentRuns().runs()).hasSize(3);
        assertThat(server.all().get(1).getTarget()).isEqualTo("/v1/agent-runs?limit=50&offset=2");
    }

    private PaybondException importing(JsonObject reply) {
        server.answer(200, reply.toJson());
        return catchThrowableOfType(
                PaybondException.class, () -> session.protocol().importMandate(MandateImport.of(MANDATE, INTENT)));
    }

    @Test
    void takesNoImportThatWasNotFoundValid() {
        assertThat(importing(Operation.MANDATE_IMPORT.goodReply().with("valid", false))
                        .code())
                .isEqualTo("mandate.not_valid");
    }

    @Test
    void takesNoReceiptForAnotherMandate() {
        JsonObject reply = Operation.MANDATE_IMPORT.goodReply();
        JsonObject receipt =
                reply.object("authorization_receipt").orElseThrow().with("mandate_digest_sha256_hex", "cd".repeat(32));

        assertThat(importing(reply.with("authorization_receipt", receipt)).code())
                .isEqualTo("mandate.binding_mismatch");
    }

    @Test
    void takesNoReceiptOfAnotherCall() {
        server.answer(200, Operation.AGENT_RECEIPTS.goodReply().toJson());

        assertThat(catchThrowableOfType(TenantBindingException.class, () -> session.protocol()
                                .agentReceipt(INTENT, "call-7"))
                        .code())
                .isEqualTo("receipt.binding_mismatch");
    }

    @Test
    void takesNoWordOnAnotherOperator() {
        server.answer(
                200,
                Operation.FRAUD_ASSESSMENT
                        .goodReply()
                        .with("operator_did", "did:web:other")
                        .toJson());

        assertThat(catchThrowableOfType(TenantBindingException.class, () -> session.fraud()
                                .assessment(OPERATOR))
                        .code())
                .isEqualTo("operator.binding_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", " did:x", "did:x ", "a\nb"})
    void refusesOperatorsThatCannotStandInAPath(String did) {
        assertRefused("operator_did.invalid", () -> session.signal().receipt(did));
        assertRefused("operator_did.invalid", () -> session.fraud().assessment(did));
    }

    @Test
    void refusesIdsOfAnyLength() {
        assertRefused("job_id.invalid", () -> session.audit().delete("j".repeat(513)));
    }

    @Test
    void refusesEventsThatSayTooLittleOrTooMuch() {
        assertRefused("review_event.summary", () -> ReviewEvent.appeal(" "));
        assertRefused(
                "review_event.outcome",
                () -> new ReviewEvent(
                        ReviewEvent.Type.APPEAL_REQUESTED, ReviewEvent.Outcome.FALSE_POSITIVE, "x", null, null, null));
        assertRefused(
                "review_event.outcome",
                () -> new ReviewEvent(ReviewEvent.Type.REVIEW_OUTCOME_RECORDED, null, "x", null, null, null));
        assertRefused("review_filter.limit", () -> ReviewFilter.all().limitedTo(501));
        assertRefused("trace_events.count", () -> session.agentRuns().report("r", List.of()));
    }

    @Test
    void refusesExportsThatCannotBe() {
        Instant now = Instant.parse("2026-06-30T12:00:00Z");
        assertRefused("audit.time_range", () -> AuditExportRequest.everything().between(now, now));
        assertRefused("audit.retention", () -> AuditExportRequest.everything().keptForHours(721));
        assertRefused("intent_id.invalid", () -> MandateImport.of(MANDATE, "../x"));
        assertRefused("intent_id.invalid", () -> session.protocol().terminalReceipt("x"));
        assertRefused("ledger.page_invalid", () -> session.harbor().ledger(-1));
    }
}
