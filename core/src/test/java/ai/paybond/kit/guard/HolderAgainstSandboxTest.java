package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ArgumentDisclosure;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.ApprovalGrant;
import ai.paybond.kit.capability.ApprovalPlace;
import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.capability.SignedApproval;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.CapabilitySpec;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRecords.Verification;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Capabilities that name their holder, over HTTP, against a server that reads them for itself. */
class HolderAgainstSandboxTest {
    private static final String OPERATION = "travel.book_hotel";
    private static final JsonObject ARGUMENTS = JsonObject.parse("{\"city\":\"Paris\",\"amount_cents\":4200}");
    private static final JsonObject DEAR = ARGUMENTS.with("amount_cents", 12_000);
    private static final SigningKey HOLDER = SigningKey.fromSeedHex("61".repeat(32));
    private static final SigningKey THIEF = SigningKey.fromSeedHex("62".repeat(32));

    private static final MovingClock CLOCK = new MovingClock(Instant.parse("2026-11-21T10:00:00Z"));

    private static Sandbox sandbox;

    private final AtomicInteger runs = new AtomicInteger();
    private Paybond paybond;
    private SandboxRun run;
    private CapabilityToken held;

    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.builder().clock(CLOCK).approvalThresholdCents(10_000).start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void openSession() {
        open(options());
        run = paybond.guardrails().bootstrap(BootstrapRequest.of(OPERATION, 20_000));
        held = Attenuation.builder().holder(HOLDER.publicKey()).build().attenuate(run.capabilityToken());
    }

    @AfterEach
    void closeSession() {
        paybond.close();
        sandbox.faults().clear();
    }

    @ParameterizedTest
    @EnumSource(ArgumentDisclosure.class)
    void theHoldersCallPassesWhateverHarborIsToldOfItsArguments(ArgumentDisclosure disclosure) {
        reopen(options().argumentDisclosure(disclosure));

        assertThat(book(guard(held, HOLDER), "c1")).isInstanceOf(Executed.class);
        assertThat(decisions()).extracting(Decision::status).containsExactly(DecisionStatus.CONSUMED);
    }

    @Test
    void theHoldersCallPassesAtHarborsOwnAddress() {
        reopen(options().harborUrl(sandbox.baseUrl()));

        assertThat(book(guard(held, HOLDER), "c1")).isInstanceOf(Executed.class);
    }

    @Test
    void aHolderWhomTheIssuerNamedPasses() {
        CapabilityToken issued = CapabilityToken.of(sandbox.mintCapability(
                CapabilitySpec.of(paybond.tenantId(), run.intentId(), Instant.parse("2099-01-01T00:00:00Z"), OPERATION)
                        .holder(HOLDER.publicKey())));

        assertThat(book(guard(issued, HOLDER), "c1")).isInstanceOf(Executed.class);
        assertCode(book(guard(issued, THIEF), "c2"), "holder.key_mismatch");
    }

    @Test
    void harborRefusesAThiefWhoVerifiesNothingHimself() {
        reopen(careless());

        assertCode(book(guard(held, null), "c1"), "holder.proof_missing");
        assertCode(book(guard(held, THIEF), "c2"), "holder.key_mismatch");
        assertThat(runs).hasValue(0);
        assertThat(verifications())
                .extracting(Verification::code)
                .containsExactly(Optional.of("holder.proof_missing"), Optional.of("holder.key_mismatch"));
        assertThat(book(guard(held, HOLDER), "c3")).isInstanceOf(Executed.class);
    }

    @Test
    void harborRefusesAProofThatWasSeenOnItsWay() {
        reopen(careless());
        HolderProof seen = proof(ARGUMENTS);
        assertThat(book(guard(held, null), call("c1").provedBy(seen))).isInstanceOf(Executed.class);

        assertCode(book(guard(held, null), call("c2").provedBy(seen)), "holder.proof_replayed");
        assertCode(
                book(guard(held, null), ToolCall.of("bookHotel", "c3", DEAR).provedBy(seen)), "holder.proof_invalid");
        CLOCK.pass(Duration.ofSeconds(65));
        assertCode(book(guard(held, null), call("c4").provedBy(seen)), "holder.proof_expired");
        assertThat(runs).hasValue(1);
    }

    @Test
    void whoeverTheHolderHandedTheCapabilityToPasses() {
        CapabilityToken handed = Attenuation.builder()
                .handOver(HOLDER, THIEF.publicKey())
                .maxSpendCents(5_000)
                .build()
                .attenuate(held);

        assertThat(book(guard(handed, THIEF), "c1")).isInstanceOf(Executed.class);
        assertCode(book(guard(handed, HOLDER), "c2"), "holder.key_mismatch");
    }

    @Test
    void aSubAgentWithAKeyOfItsOwnPasses() {
        ToolGuard parent = guard(held, HOLDER);
        ToolGuard sub = parent.delegate(Delegation.builder().holder(THIEF).build());

        assertThat(book(sub, "c1")).isInstanceOf(Executed.class);
    }

    @Test
    void anAnswerThatWasLostIsHeardWithAnotherProofInTheNextAttempt() {
        reopen(options().maxAttempts(2));
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionResetAfterHandling());

        assertThat(book(guard(held, HOLDER), "c1")).isInstanceOf(Executed.class);
        assertThat(decisions()).hasSize(1);
    }

    @Test
    void anAnswerThatWasLostIsHeardWhenTheAgentAsksAgain() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionResetAfterHandling());
        ToolGuard guard = guard(held, HOLDER);
        assertCode(book(guard, "c1"), "authority.unreachable");
        CLOCK.pass(Duration.ofMinutes(5));

        assertThat(book(guard, "c1")).isInstanceOf(Executed.class);
        assertThat(decisions()).hasSize(1);
    }

    @Test
    void aLostAnswerIsHeardAgainWithTheOneProofThatTheCallerBrought() {
        HolderProof brought = proof(ARGUMENTS);
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionResetAfterHandling());
        ToolGuard guard = guard(held, null);
        assertCode(book(guard, call("c1").provedBy(brought)), "authority.unreachable");

        assertThat(book(guard, call("c1").provedBy(brought))).isInstanceOf(Executed.class);
        assertThat(decisions()).hasSize(1);
    }

    @Test
    void aHeldCallGoesOnWithAProofThatIsMadeThen() {
        ToolGuard guard = guard(held, HOLDER);
        assertThat(book(guard, ToolCall.of("bookHotel", "c1", DEAR))).isInstanceOf(Held.class);
        CLOCK.pass(Duration.ofHours(2));

        assertThat(guard.resume("c1", approved(guard), this::run)).isInstanceOf(Executed.class);
    }

    @Test
    void aHeldCallGoesOnWithAProofThatTheCallerBringsThen() {
        ToolGuard guard = guard(held, null);
        HolderProof asked = proof(DEAR);
        assertThat(book(guard, ToolCall.of("bookHotel", "c1", DEAR).provedBy(asked)))
                .isInstanceOf(Held.class);
        CLOCK.pass(Duration.ofHours(2));
        ApprovalAnswer answer = approved(guard);

        assertCode(guard.resume("c1", answer, this::run), "holder.proof_missing");
        assertCode(guard.resume("c1", answer, new CallCredentials(asked, null), this::run), "holder.proof_expired");
        assertThat(runs).hasValue(0);
        ApprovalRequest waiting = guard.held().get(0);
        assertThat(guard.resume("c1", answer, new CallCredentials(proof(waiting.arguments()), null), this::run))
                .isInstanceOf(Executed.class);
    }

    @Test
    void anEditedCallNeedsAProofOfItsOwn() {
        ToolGuard guard = guard(held, null);
        book(guard, ToolCall.of("bookHotel", "c1", DEAR).provedBy(proof(DEAR)));
        ApprovalAnswer cheaper = ApprovalAnswer.edited(ARGUMENTS);

        assertCode(
                guard.resume("c1", cheaper, new CallCredentials(proof(DEAR), null), this::run), "holder.proof_invalid");
        String edited = guard.held().get(0).callId();
        assertThat(guard.resume(
                        edited, ApprovalAnswer.approved(), new CallCredentials(proof(ARGUMENTS), null), this::run))
                .isInstanceOf(Executed.class);
    }

    @Test
    void aPersonWhoIsAskedAtOnceCostsNoSecondProof() {
        reopen(options());
        ToolGuard asking = paybond.guard(new CapabilityBinding(run.intentId(), held, "usd"), tools())
                .approver(request -> ApprovalAnswer.approved(
                        ApprovalToken.of(sandbox.approve(Objects.requireNonNull(request.requestId())))))
                .build();

        assertThat(book(asking, ToolCall.of("bookHotel", "c1", DEAR).provedBy(proof(DEAR))))
                .isInstanceOf(Executed.class);
    }

    @Test
    void whatRanOfflineIsProvedAfreshOnReturn() {
        ToolGuard guard = offline(held, HOLDER);
        assertThat(book(guard, "c0")).isInstanceOf(Executed.class);
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionResetAfterHandling());
        assertThat(book(guard, "c1")).isInstanceOf(Executed.class);
        CLOCK.pass(Duration.ofMinutes(10));

        guard.retryPending();
        assertThat(decisions())
                .extracting(Decision::status)
                .containsExactly(DecisionStatus.CONSUMED, DecisionStatus.CONSUMED);
    }

    @Test
    void whatTheHolderSignedElsewhereIsNotMadeOffline() {
        ToolGuard guard = offline(held, null);
        assertThat(book(guard, call("c0").provedBy(proof(ARGUMENTS)))).isInstanceOf(Executed.class);
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionReset());

        assertCode(book(guard, call("c1").provedBy(proof(ARGUMENTS))), "offline.unprovable");
    }

    @Test
    void checksOnArgumentsPassWhereHarborIsToldTheArguments() {
        CapabilityToken paris =
                Attenuation.builder().argumentIn("city", "Paris").build().attenuate(held);
        reopen(options().argumentDisclosure(ArgumentDisclosure.FULL));
        assertThat(book(guard(paris, HOLDER), "c1")).isInstanceOf(Executed.class);

        reopen(options().argumentDisclosure(ArgumentDisclosure.DIGEST));
        assertCode(book(guard(paris, HOLDER), "c2"), "capability.check_failed");
        reopen(careless().argumentDisclosure(ArgumentDisclosure.FULL));
        assertCode(
                book(guard(paris, HOLDER), ToolCall.of("bookHotel", "c3", ARGUMENTS.with("city", "Rome"))),
                "capability.check_failed");
        assertThat(runs).hasValue(1);
    }

    @Test
    void anApproversBlockIsNoAnswerToHarborsOwnQuestion() {
        SigningKey finance = SigningKey.fromSeedHex("63".repeat(32));
        reopen(options().approverKey("finance", finance.publicKey()));
        ToolGuard guard = paybond.guard(new CapabilityBinding(run.intentId(), held, "usd"), wanting(5_000))
                .holder(HOLDER)
                .build();
        ToolCall call = ToolCall.of("bookHotel", "c1", DEAR);
        Held<String> here = (Held<String>) book(guard, call);
        SignedApproval approval = new ApprovalGrant(
                        OPERATION,
                        ApprovalGrant.digestOf(DEAR),
                        12_000,
                        CLOCK.instant().plusSeconds(600),
                        Objects.requireNonNull(here.decision().approvalRequestId()))
                .sign(finance, ApprovalPlace.of(held));

        Held<String> there = (Held<String>) book(guard, call.approvedBy(approval));

        assertThat(here.decision().reason().code()).isEqualTo("approval.required");
        assertThat(there.decision().reason().code()).isEqualTo("approval_required");
        assertThat(guard.resume("c1", approved(guard), new CallCredentials(null, approval), this::run))
                .isInstanceOf(Executed.class);
    }

    private static PaybondOptions.Builder options() {
        return careless(PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey()));
    }

    /** Leaves the capability to Harbor, as a thief might. */
    private static PaybondOptions.Builder careless() {
        return careless(PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .remoteVerificationOnly());
    }

    private static PaybondOptions.Builder careless(PaybondOptions.Builder options) {
        return options.clock(CLOCK).maxAttempts(1).closeTimeout(Duration.ofMillis(1));
    }

    private void open(PaybondOptions.Builder options) {
        paybond = Paybond.open(options.build());
    }

    private void reopen(PaybondOptions.Builder options) {
        paybond.close();
        open(options);
    }

    private ToolGuard guard(CapabilityToken token, @Nullable Signer key) {
        return builder(token, key).build();
    }

    private ToolGuard offline(CapabilityToken token, @Nullable Signer key) {
        return builder(token, key)
                .offline(new OfflineAllowance(10_000, 5_000, 5, Duration.ofHours(1)))
                .build();
    }

    private ToolGuardBuilder builder(CapabilityToken token, @Nullable Signer key) {
        ToolGuardBuilder guard = paybond.guard(new CapabilityBinding(run.intentId(), token, "usd"), tools());
        return key == null ? guard : guard.holder(key);
    }

    private static ToolRegistry tools() {
        return ToolRegistry.of(booking().build());
    }

    private static ToolRegistry wanting(long approvalAboveCents) {
        return ToolRegistry.of(booking().approvalAboveCents(approvalAboveCents).build());
    }

    private static ToolDeclaration.Builder booking() {
        return ToolDeclaration.builder("bookHotel")
                .operation(OPERATION)
                .spend(SpendRule.argument("amount_cents"))
                .withoutEvidence();
    }

    private ToolOutcome<String> book(ToolGuard guard, String callId) {
        return book(guard, call(callId));
    }

    private ToolOutcome<String> book(ToolGuard guard, ToolCall call) {
        return guard.call(call, this::run);
    }

    private String run(ToolCall permitted) {
        runs.incrementAndGet();
        return "booked";
    }

    private static ToolCall call(String callId) {
        return ToolCall.of("bookHotel", callId, ARGUMENTS);
    }

    private HolderProof proof(JsonObject arguments) {
        CapabilityRequest request = new CapabilityRequest(
                paybond.tenantId(),
                run.intentId(),
                OPERATION,
                arguments.integer("amount_cents").orElseThrow(),
                "usd",
                arguments);
        return HolderProof.sign(HOLDER, request, CLOCK, new SecureRandom());
    }

    private static ApprovalAnswer approved(ToolGuard guard) {
        ApprovalRequest waiting = guard.held().get(0);
        return ApprovalAnswer.approved(ApprovalToken.of(sandbox.approve(Objects.requireNonNull(waiting.requestId()))));
    }

    private List<Decision> decisions() {
        return sandbox.records().decisions().stream()
                .filter(decision -> decision.intentId().equals(run.intentId()))
                .toList();
    }

    private List<Verification> verifications() {
        return sandbox.records().verifications().stream()
                .filter(asked -> asked.intentId().equals(run.intentId()))
                .toList();
    }

    private static void assertCode(ToolOutcome<?> outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.decision().reason().code())
                .isEqualTo(code));
    }
}
