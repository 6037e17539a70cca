package ai.paybond.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.EvidenceReceipt;
import ai.paybond.kit.harbor.EvidenceSubmission;
import ai.paybond.kit.harbor.FundRequest;
import ai.paybond.kit.harbor.FundedIntent;
import ai.paybond.kit.harbor.GatewayAuthException;
import ai.paybond.kit.harbor.HarborHttpException;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.LedgerVerification;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.harbor.ProtocolException;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.harbor.TenantBindingException;
import ai.paybond.kit.harbor.VerifyRequest;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session with the sandbox over real HTTP, in both modes. */
class PaybondTest {
    private static final String OPERATION = "travel.book_hotel";
    private static final String PAYEE = "did:web:example.com#booker";
    private static final JsonObject RESULT = JsonObject.of(Map.of("status", "booked", "cost_cents", 18_700));

    private final Sandbox sandbox = Sandbox.start();
    private final SandboxTenant tenant = sandbox.tenant();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private PaybondOptions.Builder options(SessionMode mode) {
        PaybondOptions.Builder options = PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
                .expectedEnvironment(PaybondEnvironment.SANDBOX)
                .closeTimeout(Duration.ofSeconds(5));
        return mode == SessionMode.DIRECT_HARBOR ? options.harborUrl(sandbox.baseUrl()) : options;
    }

    private Paybond open(SessionMode mode) {
        return Paybond.open(options(mode).build());
    }

    private IntentRequest.Builder intent(String rail) {
        return IntentRequest.builder(
                        new PrincipalIdentity("did:web:example.com#principal", tenant.principalKey()), PAYEE)
                .amount(20_000, "usd")
                .deadline(Instant.parse("2130-12-31T23:59:59Z"))
                .allowedTools(List.of(OPERATION))
                .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                .settlementRail(rail)
                .payeeKey(tenant.payeeKey().publicKey());
    }

    private static VerifyRequest question(CreatedIntent intent) {
        return VerifyRequest.builder(intent.intentId(), token(intent), OPERATION)
                .requestedSpendCents(18_700)
                .build();
    }

    private static CapabilityToken token(CreatedIntent intent) {
        CapabilityToken token = intent.capabilityToken();
        assertThat(token).isNotNull();
        return token;
    }

    private static ToolRegistry tools() {
        return ToolRegistry.of(ToolDeclaration.builder("book_hotel")
                .operation(OPERATION)
                .sideEffecting()
                .spend(SpendRule.fixed(18_700))
                .evidence(EvidenceMapper.members("status", "cost_cents"))
                .build());
    }

    private static ToolCall call(String id) {
        return ToolCall.of("book_hotel", id, JsonObject.of(Map.of("city", "Paris")));
    }

    private ToolGuard guard(Paybond paybond, CreatedIntent intent) {
        return paybond.guard(new CapabilityBinding(intent.intentId(), token(intent), "usd"), tools())
                .build();
    }

    private CreatedIntent created(Paybond paybond) {
        return paybond.intents().create(intent("stripe_connect").build());
    }

    @ParameterizedTest
    @EnumSource
    void walksFromIntentToSettlement(SessionMode mode) {
        try (Paybond paybond = open(mode)) {
            CreatedIntent intent = created(paybond);
            assertThat(paybond.harbor().verify(question(intent)).allow()).isTrue();
            EvidenceReceipt receipt = paybond.intents()
                    .submitEvidence(EvidenceSubmission.of(intent.intentId(), RESULT, PAYEE, tenant.payeeKey()));

            assertThat(paybond.tenantId()).isEqualTo(tenant.tenantId());
            assertThat(paybond.mode()).isEqualTo(mode);
            assertThat(receipt.predicatePassed()).isTrue();
            assertThat(receipt.payloadDigest()).hasSize(64);
            assertThat(paybond.intents().confirmSettlement(intent.intentId()).state())
                    .isEqualTo("released");
            assertThat(paybond.harbor().intent(intent.intentId()).allowedTools())
                    .containsExactly(OPERATION);
        }
        SandboxRecords.Evidence kept = sandbox.records()
                .evidence(sandbox.records().intents().get(0).intentId())
                .get(0);
        assertThat(kept.signingVersion()).isEqualTo(mode == SessionMode.GATEWAY ? 2 : 1);
    }

    @ParameterizedTest
    @EnumSource
    void guardsATool(SessionMode mode) {
        try (Paybond paybond = open(mode)) {
            CreatedIntent intent = created(paybond);

            ToolOutcome<JsonObject> outcome = guard(paybond, intent).call(call("call-1"), call -> RESULT);

            assertThat(outcome).isInstanceOfSatisfying(ToolOutcome.Executed.class, executed -> {
                assertThat(executed.result()).isEqualTo(RESULT);
                assertThat(executed.receipt().evidence()).isEqualTo(EvidenceStatus.DELIVERED);
                assertThat(executed.receipt().predicatePassed()).isTrue();
            });
            sandbox.evidence(intent.intentId())
                    .singleElement()
                    .hasPayload(RESULT)
                    .hasSigningVersion(mode == SessionMode.GATEWAY ? 2 : 1)
                    .passed();
        }
        assertThat(sandbox.records().decisions())
                .extracting(SandboxRecords.Decision::status)
                .allMatch(SandboxRecords.DecisionStatus.CONSUMED::equals)
                .hasSize(mode == SessionMode.GATEWAY ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void guardsASandboxRunWithoutAnySigningKey(SessionMode mode) {
        PaybondOptions.Builder options = PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey());
        if (mode == SessionMode.DIRECT_HARBOR) {
            options.harborUrl(sandbox.baseUrl());
        }
        try (Paybond paybond = Paybond.open(options.build())) {
            SandboxRun run = paybond.guardrails()
                    .bootstrap(BootstrapRequest.of(OPERATION, 20_000).withCurrency("usd"));

            ToolOutcome<JsonObject> outcome =
                    paybond.guard(run, tools()).build().call(call("call-1"), call -> RESULT);

            assertThat(outcome).isInstanceOfSatisfying(ToolOutcome.Executed.class, executed -> assertThat(
                            executed.receipt().evidence())
                    .isEqualTo(EvidenceStatus.DELIVERED));
        }
    }

    @Test
    void deliversOnCloseWhatStayedPending() {
        String intentId;
        try (Paybond paybond = open(SessionMode.GATEWAY)) {
            CreatedIntent intent = created(paybond);
            intentId = intent.intentId();
            sandbox.faults()
                    .onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(503).retryAfterSeconds(0))
                    .times(3);

            ToolOutcome<JsonObject> outcome = guard(paybond, intent).call(call("call-1"), call -> RESULT);

            assertThat(outcome).isInstanceOfSatisfying(ToolOutcome.Executed.class, executed -> assertThat(
                            executed.receipt().evidence())
                    .isEqualTo(EvidenceStatus.PENDING));
            sandbox.evidence(intentId).isEmpty();
        }
        sandbox.evidence(intentId).singleElement().hasPayload(RESULT);
    }

    @Test
    void countsEvidenceOnceWhenItsReceiptWasLost() {
        try (Paybond paybond = open(SessionMode.GATEWAY)) {
            CreatedIntent intent = created(paybond);
            sandbox.faults().onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.connectionResetAfterHandling());

            paybond.intents()
                    .submitEvidence(EvidenceSubmission.of(intent.intentId(), RESULT, PAYEE, tenant.payeeKey()));

            assertThat(sandbox.records().evidence(intent.intentId())).hasSize(1);
        }
    }

    @Test
    void reportsOtherEvidenceUnderTheSameKeyAsConflict() {
        try (Paybond paybond = open(SessionMode.GATEWAY)) {
            CreatedIntent intent = created(paybond);
            EvidenceSubmission submission = EvidenceSubmission.of(intent.intentId(), RESULT, PAYEE, tenant.payeeKey());
            SignedEvidence first = paybond.intents().sign(submission.withSubmittedAt(Instant.EPOCH));
            SignedEvidence second = paybond.intents().sign(submission.withSubmittedAt(Instant.EPOCH.plusSeconds(1)));

            EvidenceReceipt receipt = paybond.intents().submitEvidence(first, "key-1");

            assertThat(paybond.intents().submitEvidence(first, "key-1")).isEqualTo(receipt);
            assertThatThrownBy(() -> paybond.intents().submitEvidence(second, "key-1"))
                    .isInstanceOfSatisfying(HarborHttpException.class, e -> assertThat(e.status())
                            .isEqualTo(409));
        }
    }

    @Test
    void createsTheSameIntentOnceHoweverOftenItIsAskedFor() {
        try (Paybond paybond = open(SessionMode.GATEWAY)) {
            IntentRequest request = intent("stripe_connect").build();

            assertThat(paybond.intents().create(request))
                    .isEqualTo(paybond.intents().create(request));
            assertThat(sandbox.records().intents()).hasSize(1);
        }
    }

    @Test
    void asksForPaymentWhereTheRailDoes() {
        try (Paybond paybond = open(SessionMode.GATEWAY)) {
            CreatedIntent intent =
                    paybond.intents().create(intent("x402_usdc_base").build());

            FundedIntent funding = paybond.intents().fund(FundRequest.of(intent.intentId()));

            assertThat(intent.capabilityToken()).isNull();
            assertThat(funding.status()).isEqualTo(FundedIntent.Status.PAYMENT_REQUIRED);
            assertThat(funding.paymentChallenge()).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheLedgerIntact(SessionMode mode) {
        try (Paybond paybond = open(mode)) {
            created(paybond);

            LedgerVerification verification =
                    paybond.harbor().verifyLedger(paybond.harbor().ledgerAuthority());

            assertThat(verification.intact()).isTrue();
            assertThat(verification.entries())
                    .isEqualTo(paybond.harbor().ledgerTip().sequence())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotOpenWithARevokedKey(SessionMode mode) {
        sandbox.revokeApiKey(tenant);

        assertThatThrownBy(() -> open(mode)).isInstanceOfSatisfying(GatewayAuthException.class, e -> {
            assertThat(e.code()).isEqualTo("invalid_api_key");
            assertThat(e.status()).hasValue(401);
        });
    }

    @Test
    void survivesATokenThatHarborNoLongerAccepts() {
        try (Paybond paybond = open(SessionMode.DIRECT_HARBOR)) {
            CreatedIntent intent = created(paybond);
            sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.expireToken());

            assertThat(paybond.harbor().verify(question(intent)).allow()).isTrue();
        }
    }

    @Test
    void keepsWorkingAfterARotationDrill() {
        try (Paybond paybond = open(SessionMode.DIRECT_HARBOR)) {
            CreatedIntent intent = created(paybond);

            paybond.rotateHarborToken();

            assertThat(paybond.harbor().verify(question(intent)).allow()).isTrue();
        }
    }

    @Test
    void rotatesNothingThroughTheGateway() {
        try (Paybond paybond = open(SessionMode.GATEWAY)) {
            paybond.rotateHarborToken();

            assertThat(created(paybond).state()).isEqualTo("funded");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesLiesAboutTenantIntentAndPermission(SessionMode mode) {
        try (Paybond paybond = open(mode)) {
            CreatedIntent intent = created(paybond);
            sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.wrongTenantEcho());
            assertThatThrownBy(() -> paybond.harbor().verify(question(intent)))
                    .isInstanceOf(TenantBindingException.class);
            sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.wrongIntentEcho());
            assertThatThrownBy(() -> paybond.harbor().verify(question(intent)))
                    .isInstanceOf(TenantBindingException.class);
            sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.allowAsString());
            assertThatThrownBy(() -> paybond.harbor().verify(question(intent)))
                    .isInstanceOfSatisfying(
                            ProtocolException.class, e -> assertThat(e.code()).isEqualTo("reply.wrong_type"));
        }
    }

    @Test
    void runsNoToolWhenHarborAnswersForAnotherTenant() {
        try (Paybond paybond = open(SessionMode.GATEWAY)) {
            CreatedIntent intent = created(paybond);
            sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.wrongTenantEcho());

            ToolOutcome<JsonObject> outcome = guard(paybond, intent).call(call("call-1"), call -> {
                throw new AssertionError("the tool ran");
            });

            assertThat(outcome).isInstanceOfSatisfying(ToolOutcome.Refused.class, refused -> assertThat(
                            refused.decision().reason().code())
                    .isEqualTo("tenant.binding_mismatch"));
        }
    }

    @Test
    void buildsNoGuardWithoutARootKey() {
        PaybondOptions options = PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .build();
        try (Paybond paybond = Paybond.open(options)) {
            CapabilityBinding binding =
                    new CapabilityBinding("550e8400-e29b-41d4-a716-446655440000", CapabilityToken.of("x"), "usd");

            assertThatThrownBy(() -> paybond.guard(binding, tools()))
                    .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                            .isEqualTo("capability_root_key.missing"));
        }
    }

    @Test
    void leavesTheCapabilityToHarborWhenToldSo() {
        PaybondOptions options = PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .remoteVerificationOnly()
                .build();
        try (Paybond paybond = Paybond.open(options)) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of(OPERATION, 100));
            ToolGuard guard = paybond.guard(
                            new SandboxRun(
                                    run.intentId(),
                                    CapabilityToken.of("forged"),
                                    OPERATION,
                                    100,
                                    "funded",
                                    "usd",
                                    null,
                                    run.raw()),
                            tools())
                    .build();

            assertThat(guard.call(call("call-1"), call -> RESULT))
                    .isInstanceOfSatisfying(ToolOutcome.Refused.class, refused -> assertThat(
                                    refused.decision().reason().code())
                            .isEqualTo("capability.malformed"));
        }
    }

    @Test
    void refusesAKeyOfAnotherEnvironment() {
        PaybondOptions options = PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.liveApiKey()))
                .expectedEnvironment(PaybondEnvironment.SANDBOX)
                .build();

        assertThatThrownBy(() -> Paybond.open(options))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("environment.mismatch"));
    }

    @Test
    void closesTwiceAndRefusesCallsAfterwards() {
        Paybond paybond = open(SessionMode.GATEWAY);
        paybond.close();
        paybond.close();

        assertThatThrownBy(() -> paybond.harbor().ledgerTip())
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("session.closed"));
    }

    @Test
    void closesInTimeAlthoughHarborIsGone() {
        Paybond paybond = Paybond.open(options(SessionMode.GATEWAY)
                .closeTimeout(Duration.ofMillis(200))
                .build());
        CreatedIntent intent = created(paybond);
        ToolGuard guard = paybond.guard(new CapabilityBinding(intent.intentId(), token(intent), "usd"), tools())
                .deferDelivery()
                .build();
        assertThat(guard.call(call("call-1"), call -> RESULT)).isInstanceOf(ToolOutcome.Executed.class);
        sandbox.close();

        paybond.close();

        assertThat(guard.retryPending().pending()).isEqualTo(1);
    }

    @Test
    void servesManySessionsOfDifferentTenants() {
        SandboxTenant second = sandbox.tenants().get(1);
        PaybondOptions other = PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(second.apiKey()))
                .build();
        try (Paybond mine = open(SessionMode.GATEWAY);
                Paybond theirs = Paybond.open(other)) {
            CreatedIntent intent = created(mine);

            assertThatThrownBy(() -> theirs.harbor().intent(intent.intentId()))
                    .isInstanceOfSatisfying(HarborHttpException.class, e -> assertThat(e.status())
                            .isEqualTo(404));
        }
    }

    @Test
    void acceptsABaseAddressWithATrailingSlash() {
        PaybondOptions options = PaybondOptions.builder(URI.create(sandbox.baseUrl() + "/"), ApiKey.of(tenant.apiKey()))
                .build();

        try (Paybond paybond = Paybond.open(options)) {
            assertThat(paybond.tenantId()).isEqualTo(tenant.tenantId());
        }
    }
}
