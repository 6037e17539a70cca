package ai.paybond.kit.guard;

import static ai.paybond.kit.capability.TestCapabilities.EXPIRY;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.ROOT_KEY_ID;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.ApprovalGrant;
import ai.paybond.kit.capability.ApprovalPlace;
import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.DenyCodes;
import ai.paybond.kit.capability.TestCapabilities;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sub-agent gets a part of what its parent has, and never more. */
class DelegationTest {

    private static final SigningKey HOLDER = SigningKey.fromSeedHex("41".repeat(32));
    private static final SigningKey SUCCESSOR = SigningKey.fromSeedHex("42".repeat(32));
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final RecordingAuthority authority = new RecordingAuthority();
    private final AtomicInteger runs = new AtomicInteger();
    private CallJournal journal = new InMemoryCallJournal();

    @Test
    void theSubAgentMayDoWhatWasDelegated() {
        ToolGuard sub = guard().delegate(attenuation().maxSpendCents(5_000).build());

        assertThat(book(sub, "c1", 5_000).isExecuted()).isTrue();
        assertThat(authority.asked.get(0).token()).isEqualTo(sub.binding().token());
        assertThat(authority.asked.get(0).token()).isNotEqualTo(TestCapabilities.token());
    }

    @Test
    void theSubAgentMayDoNothingElse() {
        ToolGuard sub = guard().delegate(attenuation()
                .operations("travel.book_hotel")
                .maxSpendCents(5_000)
                .argumentIn("city", "Paris")
                .build());

        assertThat(codeOf(book(sub, "c1", 5_001))).isEqualTo(DenyCodes.CAPABILITY_CHECK_FAILED);
        assertThat(codeOf(call(sub, "c2", "cancelTrip", "{\"cents\":1,\"city\":\"Paris\"}")))
                .isEqualTo(DenyCodes.CAPABILITY_CHECK_FAILED);
        assertThat(codeOf(call(sub, "c3", "bookHotel", "{\"cents\":1,\"city\":\"Lyon\"}")))
                .isEqualTo(DenyCodes.CAPABILITY_CHECK_FAILED);
        assertThat(runs).hasValue(0);
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void theParentKeepsWhatItHas() {
        ToolGuard parent = guard();
        parent.delegate(attenuation().maxSpendCents(1).build());

        assertThat(book(parent, "c1", 20_000).isExecuted()).isTrue();
    }

    @Test
    void onlyDelegatedToolsAreKnown() {
        ToolGuard sub = guard().delegate(Delegation.builder().tools("bookHotel").build());

        assertThat(codeOf(call(sub, "c1", "cancelTrip", "{\"cents\":1}"))).isEqualTo(GuardCodes.TOOL_UNDECLARED);
        assertThat(sub.tools().declarations())
                .extracting(ToolDeclaration::toolName)
                .containsExactly("bookHotel");
        assertRefused(GuardCodes.DELEGATION_TOOL_UNKNOWN, Delegation.builder().tools("wireMoney"));
        assertThatThrownBy(() ->
                        sub.delegate(Delegation.builder().tools("cancelTrip").build()))
                .isInstanceOf(DelegationException.class);
    }

    @Test
    void refusesToWidenOperationsMoneyOrTime() {
        assertRefused(DenyCodes.CAPABILITY_OPERATION_WIDENED, attenuation().operations("travel.book_flight"));
        assertRefused(DenyCodes.CAPABILITY_SPEND_WIDENED, attenuation().maxSpendCents(20_001));
        assertRefused(DenyCodes.CAPABILITY_EXPIRY_WIDENED, attenuation().expiresAt(EXPIRY.plusSeconds(1)));
    }

    @Test
    void refusesToWidenWhatWasNarrowedBefore() {
        ToolGuard sub = guard().delegate(attenuation()
                .operations("travel.book_hotel")
                .maxSpendCents(5_000)
                .expiresAt(EXPIRY.minusSeconds(60))
                .build());

        assertThatThrownBy(() ->
                        sub.delegate(attenuation().operations("travel.cancel").build()))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_OPERATION_WIDENED));
        assertThatThrownBy(() -> sub.delegate(attenuation().maxSpendCents(5_001).build()))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_SPEND_WIDENED));
        assertThatThrownBy(() -> sub.delegate(attenuation().expiresAt(EXPIRY).build()))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_EXPIRY_WIDENED));
    }

    @Test
    void refusesACapabilityThatLostACheck() {
        CapabilityToken narrow =
                attenuation().argumentIn("city", "Paris").build().attenuate(TestCapabilities.token());
        ToolGuard sub = guard().delegate(Delegation.builder().narrowed(narrow).build());

        assertThatThrownBy(() -> sub.delegate(
                        Delegation.builder().narrowed(TestCapabilities.token()).build()))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_NOT_NARROWED));
        assertThatThrownBy(() -> sub.delegate(Delegation.builder()
                        .narrowed(
                                attenuation().argumentIn("city", "Lyon").build().attenuate(TestCapabilities.token()))
                        .build()))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_NOT_NARROWED));
    }

    @Test
    void refusesACapabilityWithFactsRulesOrAnApprovalAdded() {
        CapabilityToken approved = new ApprovalGrant(
                        "travel.book_hotel",
                        ApprovalGrant.digestOf(JsonObject.builder().build()),
                        1,
                        EXPIRY,
                        "r")
                .sign(SUCCESSOR, ApprovalPlace.of(TestCapabilities.token()))
                .appendTo(TestCapabilities.token());

        assertRefused(DenyCodes.CAPABILITY_NOT_NARROWED, Delegation.builder().narrowed(approved));
        assertRefused(
                DenyCodes.CAPABILITY_UNSUPPORTED,
                Delegation.builder().narrowed(TestCapabilities.tokenWithBlock("operation(\"travel.book_flight\")")));
        assertRefused(
                DenyCodes.CAPABILITY_UNSUPPORTED,
                Delegation.builder()
                        .narrowed(TestCapabilities.tokenWithBlock("operation($o) <- request_operation($o)")));
        assertRefused(
                DenyCodes.CAPABILITY_MALFORMED, Delegation.builder().narrowed(CapabilityToken.of("bm90IGEgdG9rZW4=")));
    }

    @Test
    void acceptsACapabilityFromElsewhereOnceItIsVerified() {
        CapabilityToken narrow = attenuation().maxSpendCents(100).build().attenuate(TestCapabilities.token());
        CapabilityBinding binding = Delegation.accept(verifier(), narrow, TENANT, INTENT, "usd");

        assertThat(book(builder(binding).build(), "c1", 100).isExecuted()).isTrue();
        assertThat(codeOf(book(builder(binding).build(), "c2", 101))).isEqualTo(DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void acceptsNoOtherCapabilityFromElsewhere() {
        CapabilityToken token = TestCapabilities.token();
        CapabilityVerifier late = TestCapabilities.verifierAt(EXPIRY);

        assertThatThrownBy(() -> Delegation.accept(verifier(), token, "tenant-b", INTENT, "usd"))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_TENANT_MISMATCH));
        assertThatThrownBy(() ->
                        Delegation.accept(verifier(), token, TENANT, "0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a70", "usd"))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_INTENT_MISMATCH));
        assertThatThrownBy(() -> Delegation.accept(late, token, TENANT, INTENT, "usd"))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_EXPIRED));
        assertThatThrownBy(() -> Delegation.accept(verifier(), CapabilityToken.of("eA=="), TENANT, INTENT, "usd"))
                .satisfies(isRefusal(DenyCodes.CAPABILITY_MALFORMED));
        assertThatThrownBy(() -> Delegation.accept(CapabilityVerifier.remoteOnly(), token, TENANT, INTENT, "usd"))
                .satisfies(isRefusal(GuardCodes.DELEGATION_UNVERIFIED));
    }

    @Test
    void aRunIsBoundToTenantIntentAndCurrency() {
        CapabilityBinding binding = new CapabilityBinding(INTENT, TestCapabilities.token(), "usd");
        CapabilityBinding elsewhere =
                new CapabilityBinding("0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a70", binding.token(), "usd");
        List<GuardRun> others = List.of(
                GuardRun.of("r", "tenant-b", binding),
                GuardRun.of("r", TENANT, elsewhere),
                GuardRun.of("r", TENANT, new CapabilityBinding(INTENT, binding.token(), "eur")));

        assertThat(others).allSatisfy(run -> assertThatThrownBy(
                        () -> builder(binding).run(run).build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("guard.run")));
        assertThat(others).extracting(GuardRun::scope).doesNotHaveDuplicates();
    }

    @Test
    void everyLimitAboveACallHolds() {
        ToolGuard parent = limited(10_000);
        ToolGuard sub = parent.delegate(Delegation.builder().budgetCents(6_000).build());
        ToolGuard deeper = sub.delegate(Delegation.builder().budgetCents(5_000).build());

        assertThat(book(deeper, "c1", 4_000).isExecuted()).isTrue();
        assertThat(codeOf(book(deeper, "c2", 1_001))).isEqualTo(GuardCodes.SPEND_BUDGET_EXCEEDED);
        assertThat(codeOf(book(sub, "c3", 2_001))).isEqualTo(GuardCodes.SPEND_BUDGET_EXCEEDED);
        assertThat(book(sub, "c4", 2_000).isExecuted()).isTrue();
        assertThat(book(parent, "c5", 4_000).isExecuted()).isTrue();
        assertThat(codeOf(book(parent, "c6", 1))).isEqualTo(GuardCodes.SPEND_BUDGET_EXCEEDED);
        assertThat(codeOf(book(deeper, "c7", 1))).isEqualTo(GuardCodes.SPEND_BUDGET_EXCEEDED);
        assertThat(journal.chargedCents(parent.run().scope())).isEqualTo(10_000);
    }

    @Test
    void aSubRunGetsNoLargerLimitThanTheRunsAboveIt() {
        ToolGuard sub =
                limited(10_000).delegate(Delegation.builder().budgetCents(6_000).build());

        assertThatThrownBy(() ->
                        sub.delegate(Delegation.builder().budgetCents(6_001).build()))
                .satisfies(isRefusal(GuardCodes.DELEGATION_BUDGET_WIDENED));
    }

    @Test
    void concurrentSubRunsNeverSpendMoreThanTheirParentTogether() throws Exception {
        ToolGuard parent = limited(10_000);
        List<ToolGuard> subs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            subs.add(parent.delegate(Delegation.builder().budgetCents(10_000).build()));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                String id = "c" + i;
                ToolGuard sub = subs.get(i % 4);
                calls.add(() -> book(sub, id, 700).isExecuted());
            }
            int executed = 0;
            for (var call : threads.invokeAll(calls)) {
                executed += call.get() ? 1 : 0;
            }
            assertThat(executed).isEqualTo(14);
            assertThat(runs).hasValue(14);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void processesThatShareAJournalAndARunShareItsLimit(@TempDir Path directory) throws Exception {
        CapabilityBinding binding = new CapabilityBinding(INTENT, TestCapabilities.token(), "usd");
        GuardRun run = GuardRun.of("shared", TENANT, binding).withBudgetCents(1_000);
        Path file = directory.resolve("calls.db");
        try (CallJournal first = CallJournals.file(file);
                CallJournal second = CallJournals.file(file)) {
            ToolGuard one = builder(binding).journal(first).run(run).build();
            ToolGuard two = builder(binding).journal(second).run(run).build();

            assertThat(book(one, "c1", 600).isExecuted()).isTrue();
            assertThat(codeOf(book(two, "c2", 401))).isEqualTo(GuardCodes.SPEND_BUDGET_EXCEEDED);
            assertThat(book(two, "c3", 400).isExecuted()).isTrue();
        }
    }

    @Test
    void runsAreNotDelegatedWithoutEnd() {
        ToolGuard guard = guard();
        for (int i = 0; i < GuardRun.MAX_DEPTH; i++) {
            guard = guard.delegate(Delegation.builder().runId("run-" + i).build());
        }
        ToolGuard deepest = guard;

        assertThat(deepest.run().depth()).isEqualTo(8);
        assertThat(deepest.run().runId()).isEqualTo("run-7");
        assertThatThrownBy(() -> deepest.delegate(Delegation.builder().build()))
                .satisfies(isRefusal(GuardCodes.DELEGATION_TOO_DEEP));
    }

    @Test
    void aSubAgentsKeyIsNeededForItsCallsAndNoOtherWillDo() {
        ToolGuard sub = guard().delegate(Delegation.builder().holder(HOLDER).build());
        ToolGuard deeper = sub.delegate(Delegation.builder().holder(SUCCESSOR).build());
        ToolGuard thief = builder(deeper.binding()).build();
        ToolGuard former = builder(deeper.binding()).holder(HOLDER).build();

        assertThat(book(sub, "c1", 1).isExecuted()).isTrue();
        assertThat(book(deeper, "c2", 1).isExecuted()).isTrue();
        assertThat(codeOf(book(thief, "c3", 1))).isEqualTo(DenyCodes.HOLDER_PROOF_MISSING);
        assertThat(codeOf(book(former, "c4", 1))).isEqualTo(DenyCodes.HOLDER_KEY_MISMATCH);
        assertThat(runs).hasValue(2);
    }

    @Test
    void aHolderThatCannotSignRunsNothing() {
        Signer broken = new Signer() {
            @Override
            public VerifyingKey publicKey() {
                return HOLDER.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                throw new IllegalStateException("the key service is down");
            }
        };
        CapabilityToken held = attenuation().holder(HOLDER.publicKey()).build().attenuate(TestCapabilities.token());
        ToolGuard guard = builder(new CapabilityBinding(INTENT, held, "usd"))
                .holder(broken)
                .build();

        assertThat(codeOf(book(guard, "c1", 1))).isEqualTo(GuardCodes.HOLDER_SIGNER_FAILED);
        assertThat(runs).hasValue(0);
    }

    @Test
    void aCapabilityIsEitherNarrowedHereOrElsewhere() {
        Delegation.Builder both = Delegation.builder()
                .narrowed(TestCapabilities.token())
                .attenuation(attenuation().maxSpendCents(1).build());

        assertThatThrownBy(both::build).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Delegation.builder().budgetCents(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changingTheBuilderAfterwardsChangesNoGuard() {
        ToolGuardBuilder builder = builder(new CapabilityBinding(INTENT, TestCapabilities.token(), "usd"));
        ToolGuard guard = builder.build();
        builder.journal(new InMemoryCallJournal());

        assertThat(book(guard.delegate(Delegation.builder().build()), "c1", 1).isExecuted())
                .isTrue();
        assertThat(journal.find(new ai.paybond.kit.journal.CallKey(INTENT, "c1")))
                .isPresent();
    }

    private void assertRefused(String code, Attenuation.Builder attenuation) {
        assertRefused(code, Delegation.builder().attenuation(attenuation.build()));
    }

    private void assertRefused(String code, Delegation.Builder delegation) {
        assertThatThrownBy(() -> guard().delegate(delegation.build())).satisfies(isRefusal(code));
    }

    private static java.util.function.Consumer<Throwable> isRefusal(String code) {
        return thrown -> assertThat(thrown).isInstanceOfSatisfying(PaybondException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static Attenuation.Builder attenuation() {
        return Attenuation.builder();
    }

    private ToolGuard guard() {
        return builder(new CapabilityBinding(INTENT, TestCapabilities.token(), "usd"))
                .build();
    }

    private ToolGuard limited(long cents) {
        CapabilityBinding binding = new CapabilityBinding(INTENT, TestCapabilities.token(), "usd");
        return builder(binding)
                .run(GuardRun.of("root", TENANT, binding).withBudgetCents(cents))
                .build();
    }

    private ToolGuardBuilder builder(CapabilityBinding binding) {
        ToolRegistry tools =
                ToolRegistry.of(tool("bookHotel", "travel.book_hotel"), tool("cancelTrip", "travel.cancel"));
        return ToolGuard.builder(binding, tools, authority, verifier(), TENANT)
                .journal(journal)
                .clock(CLOCK);
    }

    private static ToolDeclaration tool(String name, String operation) {
        return ToolDeclaration.builder(name)
                .operation(operation)
                .spend(SpendRule.argument("cents"))
                .withoutEvidence()
                .build();
    }

    private static CapabilityVerifier verifier() {
        return CapabilityVerifier.builder()
                .rootKey(ROOT_KEY_ID, ROOT.publicKey())
                .clock(CLOCK)
                .build();
    }

    private ToolOutcome<String> book(ToolGuard guard, String id, long cents) {
        return call(guard, id, "bookHotel", "{\"cents\":" + cents + ",\"city\":\"Paris\"}");
    }

    private ToolOutcome<String> call(ToolGuard guard, String id, String tool, String arguments) {
        return guard.call(ToolCall.parse(tool, id, arguments), permitted -> "run " + runs.incrementAndGet());
    }

    private static String codeOf(ToolOutcome<?> outcome) {
        assertThat(outcome).isInstanceOf(ToolOutcome.Refused.class);
        return ((ToolOutcome.Refused<?>) outcome).decision().reason().code();
    }
}
