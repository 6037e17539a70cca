package ai.paybond.kit.harbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.audit.AuditExport;
import ai.paybond.kit.audit.AuditExportRequest;
import ai.paybond.kit.audit.DownloadLimit;
import ai.paybond.kit.audit.DownloadedBundle;
import ai.paybond.kit.fraud.MetricsWindow;
import ai.paybond.kit.fraud.ReleaseGate;
import ai.paybond.kit.fraud.ReviewEvent;
import ai.paybond.kit.fraud.ReviewEventResult;
import ai.paybond.kit.fraud.ReviewFilter;
import ai.paybond.kit.protocol.ImportedMandate;
import ai.paybond.kit.protocol.MandateImport;
import ai.paybond.kit.protocol.RecognizedRequest;
import ai.paybond.kit.protocol.StoredReceipt;
import ai.paybond.kit.run.AgentRun;
import ai.paybond.kit.run.TraceEvent;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.signal.ReputationReceipt;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.audit.AuditManifest;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.inclusion.InclusionProof;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.receipt.ReceiptTrust;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The platform's clients over real HTTP: one settled intent, read back in every way there is. */
class PlatformAgainstSandboxTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private static final String PAYEE = "did:web:vendor.example#booker";

    @TempDir
    private Path directory;

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final SandboxTenant tenant = sandbox.tenant();
    private Paybond paybond;
    private String intentId;
    private ImportedMandate imported;

    @BeforeEach
    void settleAnIntent() {
        paybond = Paybond.open(PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                .remoteVerificationOnly()
                .maxResponseBytes(1 << 20)
                .build());
        IntentRequest intent = IntentRequest.builder(
                        new PrincipalIdentity("did:web:example.com#principal", tenant.principalKey()), PAYEE)
                .amount(20_000, "usd")
                .deadline(Instant.parse("2099-12-31T23:59:59Z"))
                .allowedTools(List.of("travel.book_hotel"))
                .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                .settlementRail("stripe_connect")
                .payeeKey(tenant.payeeKey().publicKey())
                .build();
        intentId = intent.intentId();
        CreatedIntent created = paybond.intents().create(intent);
        paybond.harbor()
                .verify(VerifyRequest.builder(intentId, created.capabilityToken(), "travel.book_hotel")
                        .requestedSpendCents(500)
                        .toolCallId("call-7")
                        .build());
        imported = paybond.protocol().importMandate(proved(mandate()));
        paybond.intents()
                .submitEvidence(EvidenceSubmission.of(
                        intentId, JsonObject.of(Map.of("booked", true)), PAYEE, tenant.payeeKey()));
        paybond.intents().confirmSettlement(intentId);
    }

    private JsonObject mandate() {
        return AgentMandate.of(JsonObject.parse("""
                        {"schema_version": 1, "kind": "paybond.agent_mandate_v1",
                         "authorization": {"kind": "tenant", "tenant_id": "%s"},
                         "agent": {"subject": "agent:travel", "key_id": "%s"},
                         "allowed_tools": ["travel.book_hotel"],
                         "spend_ceiling": {"amount_minor": 20000, "currency": "usd"},
                         "settlement": {"default_rail": "stripe_connect", "allowed_rails": ["stripe_connect"]},
                         "constraint": {"kind": "policy", "id": "travel"},
                         "expires_at": "2099-01-01T00:00:00Z", "nonce": "n-1", "human_presence_mode": "human_present"}
                        """.formatted(tenant.tenantId(), tenant.recognitionKeyId())))
                .sign(tenant.principalKey());
    }

    private MandateImport proved(JsonObject mandate) {
        MandateImport unproved = MandateImport.of(mandate, intentId);
        return unproved.withProof(RecognitionProof.builder(tenant.recognitionKeyId(), tenant.tenantId())
                .purpose(MandateImport.PURPOSE)
                .request("POST", MandateImport.PATH, unproved.bodyWithoutProof())
                .issuedBy(Clock.systemUTC())
                .nonce(UUID.randomUUID().toString())
                .sign(tenant.recognitionKey()));
    }

    @AfterEach
    void close() {
        sandbox.faults().clear();
        paybond.close();
    }

    @Test
    void readsReputations() {
        ReputationReceipt receipt = paybond.signal().receipt(PAYEE).orElseThrow();

        assertThat(receipt.metrics().released()).isPositive();
        assertThat(receipt.signature().algorithm()).isEqualTo("ed25519-sha256-json-v1");
        assertThat(paybond.signal().receipt("did:web:nobody.example")).isEmpty();
        assertThat(paybond.signal().explanation(PAYEE)).isPresent();
        assertThat(paybond.signal().reviewStatus(PAYEE).orElseThrow().state()).isNotBlank();
        assertThat(paybond.signal().portfolioSummary().operatorCount()).isPositive();
        assertThat(paybond.signal().scoreVersion("1.0").signedPortfolio().operators())
                .anyMatch(operator -> operator.operatorDid().equals(PAYEE));
    }

    @Test
    void steersFraudReviews() {
        assertThat(paybond.fraud().assessment(PAYEE).orElseThrow().assessment().level())
                .isNotBlank();
        assertThat(paybond.fraud().assessment("did:web:nobody.example")).isEmpty();
        assertThat(paybond.fraud().metrics(MetricsWindow.DAY).count("provider_signal_count"))
                .contains(0L);
        assertThat(paybond.fraud()
                        .setReleaseGate(ReleaseGate.Mode.CRITICAL_HOLD)
                        .mode())
                .isEqualTo("critical_hold");
        assertThat(paybond.fraud().releaseGate().mode()).isEqualTo("critical_hold");
        paybond.fraud().setReleaseGate(ReleaseGate.Mode.REVIEW_ONLY);
    }

    @Test
    void hearsThatASecondAppealComesTooSoon() {
        assertThat(paybond.fraud()
                        .recordReview(PAYEE, ReviewEvent.appeal("not us"))
                        .accepted())
                .isTrue();

        ReviewEventResult second = paybond.fraud().recordReview(PAYEE, ReviewEvent.appeal("really not us"));

        assertThat(second.accepted()).isFalse();
        assertThat(second.nextEligibleAt()).isNotNull();
        assertThat(paybond.fraud().reviewQueue(ReviewFilter.all().limitedTo(5)).items())
                .anyMatch(item -> item.operatorDid().equals(PAYEE));
    }

    @Test
    void takesALimitersRefusalForOne() {
        sandbox.faults().onNext(SandboxRoute.FRAUD, Fault.status(429).retryAfterSeconds(7));

        HarborHttpException refusal = catchThrowableOfType(HarborHttpException.class, () -> paybond.fraud()
                .recordReview(PAYEE, ReviewEvent.openRequested("look")));

        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void readsWhatAgentsAreTold() {
        assertThat(paybond.a2a().card().skills()).isNotEmpty();
        String id = paybond.a2a().contracts().findFirst().orElseThrow().id();
        assertThat(paybond.a2a().contract(id).orElseThrow().requiredTrustArtifacts())
                .contains("paybond.agent_mandate_v1");
        assertThat(paybond.a2a().contract("paybond.nothing.v1")).isEmpty();
    }

    @Test
    void bindsAMandateToAnIntent() {
        assertThat(AuthorizationReceipt.verify(
                        imported.authorizationReceipt(), TrustedKeys.of(sandbox.receiptKey()), Clock.systemUTC()))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(paybond.protocol().verifyMandate(mandate()).mandateDigest()).isEqualTo(imported.mandateDigest());
    }

    @Test
    void hearsWhetherAProofWouldBeTaken() {
        MandateImport mandate = proved(mandate());
        RecognizedRequest request = new RecognizedRequest(
                MandateImport.PURPOSE, "POST", MandateImport.PATH, Digest32.sha256(mandate.bodyWithoutProof()));
        RecognitionProof proof = Objects.requireNonNull(mandate.proof());

        assertThat(paybond.protocol().verifyRecognition(proof, request)).isTrue();
        assertThat(catchThrowableOfType(HarborHttpException.class, () -> paybond.protocol()
                                .verifyRecognition(
                                        proof,
                                        new RecognizedRequest(
                                                MandateImport.PURPOSE, "POST", "/elsewhere", request.bodyDigest())))
                        .code())
                .isEqualTo("protocol_binding_mismatch");
    }

    @Test
    void readsReceiptsThatVerifyHereAndThere() {
        TrustedKeys gateway = TrustedKeys.of(sandbox.receiptKey());
        StoredReceipt settled = paybond.protocol().settlementReceipt(intentId).orElseThrow();
        assertThat(SettlementReceipt.verify(settled.signed(), gateway)).isInstanceOf(Verdict.Valid.class);
        assertThat(paybond.protocol().verifySettlementReceipt(settled.signed()).valid())
                .isTrue();

        StoredReceipt terminal = paybond.protocol().terminalReceipt(intentId).orElseThrow();
        assertThat(AgentReceipt.verify(terminal.signed(), ReceiptTrust.in(gateway)))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(paybond.protocol().verifyAgentReceipt(terminal.signed()).valid())
                .isTrue();
        assertThat(paybond.protocol().agentReceipt(terminal.receiptId())).contains(terminal);
        assertThat(paybond.protocol().agentReceipts()).contains(terminal);
        assertThat(paybond.protocol().agentReceipt(intentId, "call-7")).isPresent();
        assertThat(paybond.protocol().agentReceipt(intentId, "no-such-call")).isEmpty();
        JsonObject proof =
                paybond.protocol().inclusionProof(terminal.receiptId()).orElseThrow();
        assertThat(InclusionProof.verify(proof, gateway)).isInstanceOf(Verdict.Valid.class);
        assertThat(paybond.protocol().treeHead().string("tenant_id")).contains(tenant.tenantId());
    }

    @Test
    void hearsThatAnAlteredReceiptDoesNotVerify() {
        JsonObject altered = paybond.protocol()
                .settlementReceipt(intentId)
                .orElseThrow()
                .signed()
                .with("amount_cents", 1);

        assertThat(catchThrowableOfType(HarborHttpException.class, () -> paybond.protocol()
                                .verifySettlementReceipt(altered))
                        .code())
                .isEqualTo("invalid_receipt");
    }

    @Test
    void tellsOfRuns() {
        String run = "run-" + intentId;
        paybond.agentRuns()
                .announce(AgentRun.of(run, intentId)
                        .withOperation("travel.book_hotel")
                        .inSandbox());
        TraceEvent event = TraceEvent.of(
                        TraceEvent.Type.TOOL_EXECUTED,
                        "call-1",
                        "travel.book_hotel",
                        Instant.parse("2026-06-30T12:00:00Z"))
                .with("durationMs", 12);

        assertThat(paybond.agentRuns().report(run, List.of(event))).isEqualTo(1);

        assertThat(paybond.agentRuns().run(run).orElseThrow().sandbox()).isTrue();
        assertThat(paybond.agentRuns().runs().map(AgentRun::runId)).contains(run);
        assertThat(paybond.agentRuns().events(run)).containsExactly(event);
        assertThat(paybond.agentRuns().run("run-nobody")).isEmpty();
    }

    @Test
    void fetchesAnAuditBundleWhoseManifestVerifies() throws Exception {
        AuditExport ordered = paybond.audit()
                .create(AuditExportRequest.everything()
                        .ofIntent(intentId)
                        .between(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2099-01-01T00:00:00Z")));
        AuditExport ready = paybond.audit().awaitReady(ordered.jobId(), Duration.ofSeconds(30), Duration.ofMillis(10));

        DownloadedBundle bundle =
                paybond.audit().download(ready.jobId(), directory.resolve("bundle.zip"), DownloadLimit.DEFAULT);

        try (ZipFile zip = new ZipFile(bundle.file().toFile())) {
            JsonObject manifest = JsonObject.parse(
                    zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes());
            assertThat(AuditManifest.verify(manifest, TrustedKeys.of(sandbox.receiptKey())))
                    .isInstanceOf(Verdict.Valid.class);
        }
        assertThat(paybond.audit().exports().map(AuditExport::jobId)).contains(ready.jobId());
        paybond.audit().delete(ready.jobId());
        assertThat(paybond.audit().export(ready.jobId())).isEmpty();
    }

    @Test
    void provesTheRowsOfTheLedger() {
        VerifyingKey authority = paybond.harbor().ledgerAuthority();
        LedgerEntry last =
                paybond.harbor().ledger(0).reduce((first, second) -> second).orElseThrow();

        LedgerProof proof = paybond.harbor().ledgerProof(last.sequence());

        assertThat(proof.entryCommitment()).isEqualTo(last.entryCommitment());
        assertThat(proof.leadsToRoot()).isTrue();
        assertThat(proof.checkpoint().isSignedBy(authority)).isTrue();
        assertThat(paybond.harbor().ledgerCheckpoint().orElseThrow().treeSize()).isEqualTo(last.sequence());
        assertThat(paybond.harbor().ledgerVerdict().ok()).isTrue();
        assertThat(paybond.harbor().verifyLedger(authority).intact()).isTrue();
        LedgerProof elsewhere =
                new LedgerProof(proof.sequence(), proof.checkpoint().root(), proof.path(), proof.checkpoint());
        assertThat(elsewhere.leadsToRoot()).isFalse();
    }

    @Test
    void listsIntentsAndSpends() {
        assertThat(paybond.harbor()
                        .intents(IntentFilter.all().inState("released"))
                        .map(IntentDetail::intentId))
                .contains(intentId);
        assertThat(paybond.harbor().intents(IntentFilter.all().inState("open")).map(IntentDetail::intentId))
                .doesNotContain(intentId);
        assertThat(paybond.spendControls().decisions())
                .anyMatch(decision -> decision.intentId().equals(intentId)
                        && decision.outcome().equals("allow"));
        assertThat(paybond.spendControls().reservations()).anyMatch(reservation -> reservation.amountCents() == 500);
        assertThat(paybond.spendControls().policy().integer("policy_version")).isPresent();
    }

    private static Stream<Arguments> reads() {
        return Stream.of(
                read(SandboxRoute.SIGNAL, paybond -> paybond.signal().receipt(PAYEE)),
                read(SandboxRoute.SIGNAL, paybond -> paybond.signal().portfolioSummary()),
                read(SandboxRoute.FRAUD, paybond -> paybond.fraud().assessment(PAYEE)),
                read(SandboxRoute.FRAUD, paybond -> paybond.fraud().releaseGate()),
                read(
                        SandboxRoute.AGENT_RUN,
                        paybond -> paybond.agentRuns().runs().toList()),
                read(
                        SandboxRoute.AGENT_RECEIPT,
                        paybond -> paybond.protocol().agentReceipts().toList()),
                read(SandboxRoute.TRANSPARENCY, paybond -> paybond.protocol().treeHead()),
                read(
                        SandboxRoute.AUDIT_EXPORT,
                        paybond -> paybond.audit().exports().toList()),
                read(SandboxRoute.AUDIT_EXPORT, paybond -> paybond.audit().create(AuditExportRequest.everything())),
                read(SandboxRoute.LEDGER, paybond -> paybond.harbor().ledgerCheckpoint()),
                read(
                        SandboxRoute.INTENT_LIST,
                        paybond -> paybond.harbor().intents(IntentFilter.all()).toList()),
                read(SandboxRoute.SPEND_ADMIN, paybond -> paybond.spendControls()
                        .policy()));
    }

    private static Arguments read(SandboxRoute route, Consumer<Paybond> read) {
        return Arguments.of(route, read);
    }

    private PaybondException refusal(SandboxRoute route, Fault fault, Consumer<Paybond> read) {
        sandbox.faults().onNext(route, fault);
        return catchThrowableOfType(PaybondException.class, () -> read.accept(paybond));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void believesNothingOfAnotherTenantAndDoesNotAskAgain(SandboxRoute route, Consumer<Paybond> read) {
        assertThat(refusal(route, Fault.wrongTenantEcho(), read))
                .isInstanceOf(TenantBindingException.class)
                .extracting(PaybondException::code)
                .isEqualTo("tenant.binding_mismatch");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void refusesAReplyWithoutEnd(SandboxRoute route, Consumer<Paybond> read) {
        assertThat(refusal(route, Fault.oversizedBody(8 << 20), read).code()).isEqualTo("reply.too_large");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void refusesAPageOfHtml(SandboxRoute route, Consumer<Paybond> read) {
        assertThat(refusal(route, Fault.nonJson(), read).code()).isEqualTo("reply.not_json");
    }
}
