package ai.paybond.kit.fuzz;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.FundRequest;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.harbor.VerifyRequest;
import ai.paybond.kit.wire.ed25519.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every reply of Gateway and Harbor, read by the real client from a real connection. */
final class HarborTarget implements FuzzTarget {
    private static final String TENANT = "tenant-a";
    private static final String INTENT = TokenMint.INTENT;
    private static final SigningKey KEY = SigningKey.fromSeedHex("66".repeat(32));
    private static final int[] STATUSES = {200, 402, 202, 400, 409, 503};
    private static final String PRINCIPAL = "{\"tenant_id\":\"tenant-a\",\"environment\":\"sandbox\"}";

    private static final List<Consumer<Paybond>> ROUTES = List.of(
            session -> session.harbor().verify(question()),
            session -> session.harbor().fund(FundRequest.of(INTENT)),
            session -> session.harbor().submitSignedBody(INTENT, "{}", "k"),
            session -> session.harbor().confirmSettlement(INTENT, "k"),
            session -> session.harbor().intent(INTENT),
            session -> session.harbor().ledgerTip(),
            session -> session.harbor().ledgerEvents(0, 10),
            session -> session.harbor().ledgerAuthority(),
            session -> session.harbor().verifyLedger(KEY.publicKey()),
            session -> session.approvals().get(INTENT),
            session -> session.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 100)),
            session -> session.harbor().completeDecision("d-1", SpendOutcome.CONSUMED));

    private volatile AnsweringServer.Answer answer =
            new AnsweringServer.Answer(200, PRINCIPAL.getBytes(StandardCharsets.UTF_8));
    private final PaybondOptions options;
    private final Paybond session;

    HarborTarget() {
        AnsweringServer server = new AnsweringServer(path -> answer);
        options = PaybondOptions.builder(server.url(), ApiKey.of("paybond_sk_sandbox_abc_" + "x".repeat(32)))
                .maxAttempts(1)
                .requestTimeout(Duration.ofSeconds(5))
                .recognitionKey("key-1", KEY)
                .payee(new PayeeIdentity("did:web:example.com#payee", KEY))
                .remoteVerificationOnly()
                .backgroundDelivery(false)
                .build();
        session = Paybond.open(options);
    }

    private static VerifyRequest question() {
        return VerifyRequest.builder(INTENT, CapabilityToken.of("dG9rZW4="), "travel.book_hotel")
                .build();
    }

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        int route = input.choice(ROUTES.size() + 1);
        answer = new AnsweringServer.Answer(STATUSES[input.choice(STATUSES.length)], input.rest());
        try {
            if (route == ROUTES.size()) {
                Paybond.open(options).close();
            } else {
                ROUTES.get(route).accept(session);
            }
        } catch (PaybondException declared) {
            // what a session says it throws
        }
    }

    @Override
    public List<byte[]> seeds() {
        String echo =
                "\"tenant\":\"" + TENANT + "\",\"tenant_id\":\"" + TENANT + "\",\"intent_id\":\"" + INTENT + "\",";
        String digest = "ab".repeat(32);
        List<String> replies = List.of(
                "\"allow\":true,\"audit_id\":\"" + INTENT + "\",\"decision_id\":\"" + INTENT
                        + "\",\"reason_codes\":[\"a\"],\"remaining_cents\":5,\"code\":\"x\",\"message\":\"y\"}",
                "\"state\":\"funded\",\"settlement_rail\":\"stripe_connect\",\"currency\":\"usd\",\"amount_cents\":5,\"funded\":true,\"capability_token\":\"dG9r\"}",
                "\"state\":\"released\",\"predicate_passed\":true,\"payload_digest\":\"" + digest + "\"}",
                "\"state\":\"released\",\"action\":\"release\",\"settlement_mode\":\"auto\"}",
                "\"state\":\"funded\",\"allowed_tools\":[\"a\"],\"amount_cents\":1,\"currency\":\"usd\",\"payee_did\":\"did:x\"}",
                "\"seq\":1,\"entry_commitment_hex\":\"" + digest + "\",\"empty\":false}",
                "\"entries\":[{\"seq\":1,\"prev_commitment_hex\":\"" + digest + "\",\"entry_commitment_hex\":\""
                        + digest + "\",\"event\":{}}],\"next_after_seq\":1}",
                "\"verifying_key_hex\":\"" + KEY.publicKey().hex() + "\"}",
                "\"seq\":1,\"entry_commitment_hex\":\"" + digest
                        + "\",\"empty\":false,\"entries\":[{\"seq\":1,\"prev_commitment_hex\":\""
                        + "00".repeat(32) + "\",\"entry_commitment_hex\":\"" + digest
                        + "\",\"event\":{},\"wire_hex\":\"00\",\"issuer_pubkey_hex\":\""
                        + KEY.publicKey().hex()
                        + "\",\"signature_hex\":\"" + "00".repeat(64) + "\"}],\"next_after_seq\":null}",
                "\"approval_request_id\":\"" + INTENT
                        + "\",\"status\":\"approved\",\"operation\":\"o\",\"requested_spend_cents\":5,\"approval_token\":\"t\"}",
                "\"capability_token\":\"dG9r\",\"operation\":\"o\",\"requested_spend_cents\":5,\"sandbox_lifecycle_status\":\"funded\"}",
                "\"ok\":true}",
                "\"environment\":\"sandbox\"}");
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            seeds.add(Input.of((char) ('a' + i), "a{" + echo + replies.get(i)));
            seeds.add(
                    Input.of((char) ('a' + i), "d{\"error\":{\"code\":\"c\",\"message\":\"m\",\"request_id\":\"r\"}}"));
            seeds.add(Input.of((char) ('a' + i), "f{\"error\":\"harbor_error\",\"code\":\"x\"}"));
        }
        return seeds;
    }
}
