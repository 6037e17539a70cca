package ai.paybond.kit.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolBody;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.SpendHold;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is lost in the middle of a run, and comes back: calls are denied meanwhile, and none is forgotten. */
class LostDatabaseTest {
    private static final String INTENT = "0f0e0d0c-0b0a-4908-8706-050403020100";

    private static PostgresServer server;

    private final AtomicInteger runs = new AtomicInteger();
    private final List<String> asked = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();
    private volatile boolean lost;
    private CallJournal journal;
    private ToolGuard guard;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void openGuard() {
        journal = CallJournals.postgresql(losable(server.pool()), new PostgresqlOptions(server.newSchema(), true));
        guard = newGuard();
    }

    private ToolGuard newGuard() {
        ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                .operation("travel.book_hotel")
                .spend(SpendRule.fixed(100))
                .evidence(EvidenceMapper.members("status"))
                .build());
        CapabilityBinding binding = new CapabilityBinding(INTENT, CapabilityToken.of("c2VjcmV0"), "usd");
        return ToolGuard.builder(binding, tools, new Allowing(), CapabilityVerifier.remoteOnly(), "tenant-a")
                .payee(new PayeeIdentity("did:web:hotel.example", SigningKey.fromSeedHex("11".repeat(32))))
                .journal(journal)
                .closeTimeout(Duration.ZERO)
                .build();
    }

    private DataSource losable(DataSource source) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (lost && method.getName().equals("getConnection")) {
                        throw new SQLException("connection refused", "08001");
                    }
                    try {
                        return method.invoke(source, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void deniesNewCallsBeforeTheToolAndBeforeTheAuthority() {
        lost = true;
        ToolOutcome<?> outcome = book("c1", this::room);

        assertThat(outcome).isInstanceOfSatisfying(ToolOutcome.Refused.class, refused -> assertThat(
                        refused.decision().reason().code())
                .isEqualTo("journal.unavailable"));
        assertThat(runs).hasValue(0);
        assertThat(asked).isEmpty();
        lost = false;
        assertThat(book("c1", this::room)).isInstanceOf(ToolOutcome.Executed.class);
    }

    @Test
    void givesTheResultOfACallThatFinishedMeanwhileAndKeepsItOnceTheDatabaseIsBack() {
        ToolOutcome<?> outcome = book("c1", permitted -> {
            lost = true;
            return room(permitted);
        });

        assertThat(outcome).isInstanceOf(ToolOutcome.Executed.class);
        assertThat(book("c2", this::room)).isInstanceOf(ToolOutcome.Refused.class);
        lost = false;
        assertThat(guard.retryPending().isComplete()).isTrue();
        assertThat(journal.find(new CallKey(INTENT, "c1")).orElseThrow().state())
                .isEqualTo(CallState.DELIVERED);
        assertThat(delivered).containsExactly("c1");
        assertThat(runs).hasValue(1);
    }

    @Test
    void aProcessThatEndsBeforeTheDatabaseIsBackLeavesTheCallInDoubt() {
        book("c1", permitted -> {
            lost = true;
            return room(permitted);
        });
        guard.close();
        lost = false;

        assertThat(journal.find(new CallKey(INTENT, "c1")).orElseThrow().state())
                .isEqualTo(CallState.STARTED);
        assertThat(newGuard().call(call("c1"), this::room))
                .isInstanceOfSatisfying(ToolOutcome.Refused.class, refused -> assertThat(
                                refused.decision().reason().code())
                        .isEqualTo("call.in_doubt"));
        assertThat(runs).hasValue(1);
    }

    private ToolOutcome<Map<String, Object>> book(String callId, ToolBody<Map<String, Object>> body) {
        return guard.call(call(callId), body);
    }

    private static ToolCall call(String callId) {
        return ToolCall.of("bookHotel", callId, JsonObject.parse("{}"));
    }

    private Map<String, Object> room(ToolCall permitted) {
        runs.incrementAndGet();
        return Map.of("status", "booked");
    }

    private final class Allowing implements ToolAuthority {
        @Override
        public Decision authorize(AuthorizationRequest request) {
            asked.add(request.callId());
            return new Decision.Allowed("audit", "decision-" + request.callId(), null);
        }

        @Override
        public void complete(SpendHold hold, SpendOutcome outcome) {}

        @Override
        public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
            delivered.add(evidence.context().callId());
            return new DeliveryReceipt("evidence_submitted", true);
        }
    }
}
