package ai.paybond.kit.nevermined.rail;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.Shop;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.ChargeRecord.Status;
import ai.paybond.kit.nevermined.charge.DeliveryPolicy;
import ai.paybond.kit.nevermined.charge.TokenLimits;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.nevermined.NeverminedRoute;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tools sold for credits, over real HTTP against the embedded backend. */
class NeverminedRailTest {
    private static final String TOOL = "research";
    private static final ToolCall CALL = ToolCall.of(TOOL, "call-1", JsonObject.parse("{\"topic\":\"evs\"}"));

    private final AtomicInteger runs = new AtomicInteger();
    private final CallJournal journal = new InMemoryCallJournal();
    private Shop shop = Shop.fixed();

    @AfterEach
    void close() {
        shop.close();
    }

    private void reopen(Shop other) {
        shop.close();
        shop = other;
    }

    private NeverminedRail.Builder selling() {
        return NeverminedRail.builder(shop.seller).journal(journal).tool(TOOL, ToolPlan.of(shop.planId));
    }

    private static ToolRegistry costing(SpendRule credits) {
        return ToolRegistry.of(ToolDeclaration.builder(TOOL)
                .spend(credits)
                .evidence(EvidenceMapper.members("words"))
                .build());
    }

    private ToolGuard guard(NeverminedRail rail, @Nullable X402AccessToken token) {
        return rail.guard(token, costing(SpendRule.fixed(1))).build();
    }

    private Map<String, Object> work(ToolCall permitted) {
        runs.incrementAndGet();
        return Map.of("words", 7);
    }

    private static String code(ToolOutcome<?> outcome) {
        return ((Refused<?>) outcome).decision().reason().code();
    }

    @Test
    void chargesAfterTheRunAndGivesTheReceiptPerCall() {
        shop.credits(10);
        NeverminedRail rail = selling().build();

        ToolOutcome<?> outcome = guard(rail, shop.token()).call(CALL, this::work);

        assertThat(outcome).isInstanceOfSatisfying(Executed.class, executed -> {
            assertThat(executed.receipt().state()).isEqualTo(CallState.DELIVERED);
            assertThat(rail.receiptOf(executed.receipt()).flatMap(SettlementReceipt::creditsRedeemed))
                    .contains(BigInteger.ONE);
        });
        assertThat(shop.balance()).isEqualTo(9);
        assertThat(shop.burns()).singleElement().satisfies(line -> assertThat(line.agentRequestId())
                .startsWith("req-"));
    }

    @Test
    void refusesACallWithoutATokenAndAsksNobody() {
        ToolOutcome<?> outcome = guard(selling().build(), null).call(CALL, this::work);

        assertThat(code(outcome)).isEqualTo("payment.token_missing");
        assertThat(shop.sandbox.requests(NeverminedRoute.VERIFY)).isZero();
        assertThat(runs).hasValue(0);
    }

    @Test
    void refusesAToolThatNoPlanSells() {
        NeverminedRail rail = NeverminedRail.builder(shop.seller).build();

        assertThat(code(guard(rail, shop.token()).call(CALL, this::work))).isEqualTo("plan.undeclared");
    }

    @Test
    void refusesWhenTheBackendSaysNotValid() {
        assertThat(code(guard(selling().build(), shop.token()).call(CALL, this::work)))
                .isEqualTo("payment_required");
    }

    @Test
    void refusesWithTheBackendsCodeWhenTheTokenIsForged() {
        X402AccessToken forged = X402AccessToken.of(shop.token().expose().replaceFirst("^eyJ", "eyK"));

        assertThat(code(guard(selling().build(), forged).call(CALL, this::work)))
                .isEqualTo("bck.x402.0010");
    }

    @Test
    void refusesWhenVerifyIsOutOfReach() {
        NeverminedRail rail = selling().build();
        X402AccessToken token = shop.token();
        shop.sandbox.faults().onNext(NeverminedRoute.VERIFY, Fault.connectionReset());

        assertThat(code(guard(rail, token).call(CALL, this::work))).isEqualTo("network_error");
        assertThat(runs).hasValue(0);
    }

    @Test
    void asksOnceMoreWhenVerifyIsBusy() {
        shop.credits(1);
        NeverminedRail.Builder builder = selling();
        builder.desk().verifyPause(Duration.ZERO);
        X402AccessToken token = shop.token();
        shop.sandbox.faults().onNext(NeverminedRoute.VERIFY, Fault.status(503).code("BCK.X402.0051"));

        assertThat(guard(builder.build(), token).call(CALL, this::work)).isInstanceOf(Executed.class);
        assertThat(shop.sandbox.requests(NeverminedRoute.VERIFY)).isEqualTo(2);
    }

    @Test
    void computesCreditsFromTheArguments() {
        reopen(new Shop(1, 50).credits(100));
        ToolGuard guard = selling()
                .build()
                .guard(shop.token(), costing(SpendRule.argument("pages")))
                .build();

        guard.call(ToolCall.of(TOOL, "c", JsonObject.parse("{\"pages\":12}")), this::work);

        assertThat(shop.balance()).isEqualTo(88);
    }

    @Test
    void metersCreditsFromTheEvidenceUpToWhatWasReserved() {
        reopen(new Shop(1, 50).credits(100));
        CreditMeter words =
                evidence -> BigInteger.valueOf(evidence.integer("words").orElseThrow());
        NeverminedRail rail = NeverminedRail.builder(shop.seller)
                .tool(TOOL, ToolPlan.of(shop.planId).metered(words))
                .build();
        ToolGuard wide = rail.guard(shop.token(), costing(SpendRule.fixed(20))).build();
        ToolGuard narrow = rail.guard(shop.token(), costing(SpendRule.fixed(3))).build();

        wide.call(CALL, this::work);
        assertThat(shop.balance()).isEqualTo(93);
        narrow.call(CALL, this::work);
        assertThat(shop.balance()).isEqualTo(90);
    }

    @Test
    void parksACallWhoseMeterFails() {
        reopen(new Shop(1, 50).credits(100));
        NeverminedRail rail = NeverminedRail.builder(shop.seller)
                .tool(TOOL, ToolPlan.of(shop.planId).metered(evidence -> BigInteger.ONE.negate()))
                .build();

        ToolOutcome<?> outcome =
                rail.guard(shop.token(), costing(SpendRule.fixed(5))).build().call(CALL, this::work);

        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> assertThat(
                        ((PaymentFailedException) failed.thrown()).code())
                .isEqualTo("credits.invalid"));
        assertThat(shop.burns()).isEmpty();
    }

    @Test
    void onlyVerifiesACallThatCostsNothing() {
        shop.credits(1);
        ToolGuard guard =
                selling().build().guard(shop.token(), costing(SpendRule.none())).build();

        assertThat(guard.call(CALL, this::work)).isInstanceOf(Executed.class);
        assertThat(shop.sandbox.requests(NeverminedRoute.VERIFY)).isEqualTo(1);
        assertThat(shop.sandbox.requests(NeverminedRoute.SETTLE)).isZero();
    }

    @Test
    void chargesNothingWhenTheToolThrows() {
        shop.credits(1);
        NeverminedRail rail = selling().build();
        ToolGuard guard = guard(rail, shop.token());

        assertThat(guard.call(CALL, call -> {
                    throw new IllegalStateException("tool broke");
                }))
                .isInstanceOf(Failed.class);

        assertThat(shop.burns()).isEmpty();
        assertThat(guard.call(ToolCall.of(TOOL, "call-2", CALL.arguments()), this::work))
                .isInstanceOf(Executed.class);
    }

    @Test
    void keepsTheCreditsOfACallInDoubtReserved() {
        shop.credits(1);
        NeverminedRail rail = selling().build();
        ToolGuard guard = guard(rail, shop.token());
        guard.call(CALL, call -> {
            throw new IOException("lost");
        });

        assertThat(code(guard.call(ToolCall.of(TOOL, "call-2", CALL.arguments()), this::work)))
                .isEqualTo("credits.reserved");
        guard.settleNotExecuted("call-1");
        assertThat(guard.call(ToolCall.of(TOOL, "call-3", CALL.arguments()), this::work))
                .isInstanceOf(Executed.class);
    }

    @Test
    void withholdsTheResultOnADefiniteFailure() {
        shop.credits(1);
        NeverminedRail rail = selling().build();
        shop.sandbox.faults().refuseNextSettlement("nope");

        ToolOutcome<?> outcome = guard(rail, shop.token()).call(CALL, this::work);

        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.thrown()).isInstanceOf(PaymentFailedException.class);
            assertThat(failed.receipt().state()).isEqualTo(CallState.REJECTED);
            assertThat(rail.chargeOf(failed.receipt()).orElseThrow().status()).isEqualTo(Status.FAILED);
        });
    }

    @Test
    void deliversOnADefiniteFailureIfToldTo() {
        shop.credits(1);
        NeverminedRail rail =
                selling().deliveryPolicy(DeliveryPolicy.DELIVER_ALWAYS).build();
        shop.sandbox.faults().refuseNextSettlement("nope");

        assertThat(guard(rail, shop.token()).call(CALL, this::work)).isInstanceOf(Executed.class);
    }

    @Test
    void settlesAnUnansweredSettleNeverAgainAndShowsIt() {
        shop.credits(5);
        NeverminedRail rail = selling().build();
        ToolGuard guard = guard(rail, shop.token());
        shop.sandbox.faults().onNext(NeverminedRoute.SETTLE, Fault.connectionResetAfterHandling());

        ToolOutcome<?> outcome = guard.call(CALL, this::work);
        guard.retryPending();
        rail.retryPending();

        assertThat(outcome).isInstanceOfSatisfying(Executed.class, executed -> assertThat(
                        executed.receipt().state())
                .isEqualTo(CallState.REJECTED));
        assertThat(shop.sandbox.requests(NeverminedRoute.SETTLE)).isEqualTo(1);
        assertThat(journal.inState(CallState.REJECTED, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.reasonCode()).isEqualTo("settlement.unknown"));
        assertThat(rail.desk().unresolved(10)).singleElement().satisfies(charge -> {
            assertThat(charge.status()).isEqualTo(Status.UNKNOWN);
            rail.desk().resolveCharged(charge.requestId());
        });
        assertThat(rail.desk().unresolved(10)).isEmpty();
    }

    @Test
    void doesNotKnowAfterATimeoutOfSettle() {
        shop.credits(5);
        NeverminedRail rail = NeverminedRail.builder(shop.open(shop.sandbox.seller(), Duration.ofMillis(700)))
                .tool(TOOL, ToolPlan.of(shop.planId))
                .build();
        X402AccessToken token = shop.token();
        guard(rail, token).call(ToolCall.of(TOOL, "warm", CALL.arguments()), this::work);
        shop.sandbox.faults().onNext(NeverminedRoute.SETTLE, Fault.delay(Duration.ofSeconds(3)));

        guard(rail, token).call(CALL, this::work);

        assertThat(rail.desk().unresolved(10)).singleElement().satisfies(charge -> assertThat(charge.code())
                .isEqualTo("network_timeout"));
        assertThat(shop.sandbox.requests(NeverminedRoute.SETTLE)).isEqualTo(2);
    }

    @Test
    void withholdsAnUnknownSettlementUnderTheStrictestPolicy() {
        shop.credits(5);
        NeverminedRail rail =
                selling().deliveryPolicy(DeliveryPolicy.WITHHOLD_UNLESS_SETTLED).build();
        X402AccessToken token = shop.token();
        shop.sandbox.faults().onNext(NeverminedRoute.SETTLE, Fault.nonJson());

        assertThat(guard(rail, token).call(CALL, this::work)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(
                        ((PaymentFailedException) failed.thrown()).code())
                .isEqualTo("settlement.unknown"));
    }

    @Test
    void chargesOnceForARepeatedCall() {
        shop.credits(5);
        ToolGuard guard = guard(selling().build(), shop.token());

        guard.call(CALL, this::work);
        guard.call(CALL, this::work);

        assertThat(runs).hasValue(1);
        assertThat(shop.burns()).hasSize(1);
    }

    @Test
    void letsOneOfThirtyTwoCallersHaveTheLastCredit() throws Exception {
        shop.credits(1);
        NeverminedRail rail = selling().build();
        List<ToolOutcome<?>> outcomes = atOnce(
                32, i -> guard(rail, shop.token()).call(ToolCall.of(TOOL, "call-" + i, CALL.arguments()), this::work));

        assertThat(kinds(outcomes)).containsOnly(Map.entry("Executed", 1L), Map.entry("Refused", 31L));
        assertThat(runs).hasValue(1);
        assertThat(shop.burns()).hasSize(1);
        assertThat(shop.balance()).isZero();
    }

    @Test
    void letsAsManyRunAtATimeAsThereAreCredits() throws Exception {
        shop.credits(32);
        NeverminedRail rail = selling().build();
        X402AccessToken token = shop.token();

        List<ToolOutcome<?>> outcomes =
                atOnce(32, i -> guard(rail, token).call(ToolCall.of(TOOL, "call-" + i, CALL.arguments()), this::work));

        assertThat(kinds(outcomes)).containsOnly(Map.entry("Executed", 32L));
        assertThat(shop.balance()).isZero();
    }

    private static Map<String, Long> kinds(List<ToolOutcome<?>> outcomes) {
        return outcomes.stream()
                .collect(Collectors.groupingBy(outcome -> outcome.getClass().getSimpleName(), Collectors.counting()));
    }

    @Test
    void boundsHowOftenATokenIsUsed() {
        shop.credits(5);
        NeverminedRail.Builder builder = selling();
        builder.desk().tokenLimits(new TokenLimits(1, 2, Duration.ofHours(1)));
        ToolGuard guard = guard(builder.build(), shop.token());
        guard.call(ToolCall.of(TOOL, "a", CALL.arguments()), this::work);
        guard.call(ToolCall.of(TOOL, "b", CALL.arguments()), this::work);

        assertThat(code(guard.call(ToolCall.of(TOOL, "c", CALL.arguments()), this::work)))
                .isEqualTo("token.overused");
    }

    @Test
    void boundsHowManyCallsATokenRunsAtATime() {
        shop.credits(5);
        NeverminedRail.Builder builder = selling();
        builder.desk().tokenLimits(new TokenLimits(1, 10, Duration.ofHours(1)));
        ToolGuard guard = guard(builder.build(), shop.token());

        guard.call(CALL, outer -> {
            ToolOutcome<?> inner = guard.call(ToolCall.of(TOOL, "inner", CALL.arguments()), this::work);
            assertThat(code(inner)).isEqualTo("token.too_many_in_flight");
            return work(outer);
        });

        assertThat(guard.call(ToolCall.of(TOOL, "later", CALL.arguments()), this::work))
                .isInstanceOf(Executed.class);
    }

    private static List<ToolOutcome<?>> atOnce(int callers, IntFunction<ToolOutcome<?>> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        CountDownLatch ready = new CountDownLatch(callers);
        try {
            List<Callable<ToolOutcome<?>>> all = IntStream.range(0, callers)
                    .<Callable<ToolOutcome<?>>>mapToObj(i -> () -> {
                        ready.countDown();
                        ready.await();
                        return call.apply(i);
                    })
                    .toList();
            List<ToolOutcome<?>> outcomes = new ArrayList<>();
            for (Future<ToolOutcome<?>> future : pool.invokeAll(all)) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void keepsNoTokenInTheJournal() {
        shop.credits(1);
        X402AccessToken token = shop.token();
        NeverminedRail rail = selling().build();

        guard(rail, token).call(CALL, this::work);

        assertThat(journal.inState(CallState.DELIVERED, 10).toString())
                .doesNotContain(token.expose())
                .doesNotContain(token.expose().substring(20, 60));
    }

    @Test
    void parksWhatWasSealedUnderAnotherKey() {
        shop.credits(1);
        NeverminedRail.Builder builder = selling();
        NeverminedRail rail = builder.build();
        X402AccessToken token = shop.token();
        ToolGuard guard =
                rail.guard(token, costing(SpendRule.fixed(1))).deferDelivery().build();
        guard.call(CALL, this::work);

        NeverminedRail other = NeverminedRail.builder(shop.open(shop.sandbox.account("rival"), Duration.ofSeconds(20)))
                .journal(journal)
                .tool(TOOL, ToolPlan.of(shop.planId))
                .build();
        assertThat(other.retryPending().settled()).isZero();
        assertThat(shop.burns()).isEmpty();
        assertThat(rail.retryPending().settled()).isEqualTo(1);
        assertThat(shop.burns()).hasSize(1);
    }
}
