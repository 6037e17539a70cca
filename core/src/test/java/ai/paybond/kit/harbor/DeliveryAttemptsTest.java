package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.INTENT;
import static ai.paybond.kit.harbor.TestSessions.SIGNER;
import static ai.paybond.kit.harbor.TestSessions.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What two attempts to deliver the same evidence have in common, and what not, as the server saw it. */
class DeliveryAttemptsTest {
    private final ScriptedServer server = new ScriptedServer();
    private final InMemoryCallJournal journal = new InMemoryCallJournal();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void sendStoredBytesUnderOneKeyWithAProofOfTheirOwn() {
        server.answer(200, TestSessions.principal());
        try (Paybond paybond = open()) {
            server.next();
            server.answer(200, Operation.VERIFY.goodReply().toJson());
            server.answer(503, "");
            ToolGuard guard = guard(paybond);
            guard.call(ToolCall.of("bookHotel", "c1", JsonObject.parse("{}")), permitted -> Map.of("status", "booked"));
            server.answer(503, "").answer(200, Operation.EVIDENCE.goodReply().toJson());
            guard.retryPending();
            guard.retryPending();
        }

        List<RecordedRequest> attempts = server.all().stream()
                .filter(request -> request.getRequestLine().contains("/evidence"))
                .toList();
        assertThat(attempts).hasSize(3);
        assertThat(attempts).extracting(DeliveryAttemptsTest::nonce).doesNotHaveDuplicates();
        assertThat(attempts)
                .extracting(request -> request.getHeaders().get("idempotency-key"))
                .doesNotContainNull()
                .containsOnly(attempts.get(0).getHeaders().get("idempotency-key"));
        String stored =
                journal.find(new CallKey(INTENT, "c1")).orElseThrow().envelope().signedBody();
        assertThat(attempts).extracting(request -> request.getBody().utf8()).containsOnly(stored);
    }

    private static String nonce(RecordedRequest request) {
        return RecognitionProof.fromHeader(request.getHeaders().get(RecognitionProof.HEADER))
                .nonce();
    }

    private Paybond open() {
        return Paybond.open(TestSessions.gatewayOptions(server)
                .remoteVerificationOnly()
                .payee(new PayeeIdentity("did:web:hotel.example", SIGNER))
                .journal(journal)
                .backgroundDelivery(false)
                .closeTimeout(Duration.ZERO)
                .maxAttempts(1)
                .build());
    }

    private static ToolGuard guard(Paybond paybond) {
        ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                .operation("travel.book_hotel")
                .spend(SpendRule.fixed(100))
                .evidence(EvidenceMapper.members("status"))
                .build());
        return paybond.guard(new CapabilityBinding(INTENT, CapabilityToken.of(TOKEN), "usd"), tools)
                .build();
    }
}
