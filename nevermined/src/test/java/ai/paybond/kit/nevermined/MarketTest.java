package ai.paybond.kit.nevermined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.nevermined.AgentRegistration.Endpoint;
import ai.paybond.kit.sandbox.nevermined.NeverminedRoute;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Owners and buyers at the sandbox: what is registered can be listed, bought, given, linked and reported on. */
class MarketTest {
    private final Shop shop = Shop.fixed();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void listsWhatItsOwnerRegistered() {
        String agentId = shop.agent(new Endpoint("POST", Shop.ADDRESS + "/ask"));

        assertThat(shop.seller.plans().list(PageQuery.first()).items())
                .singleElement()
                .satisfies(plan -> assertThat(plan.string("id")).contains(shop.planId));
        assertThat(shop.seller.agents().list(PageQuery.first()).total()).isEqualTo(1);
        assertThat(shop.seller.plans().agents(shop.planId, PageQuery.first()).items())
                .hasSize(1);
        assertThat(shop.seller.agents().plans(agentId, PageQuery.first()).items())
                .hasSize(1);
        assertThat(shop.buyer.plans().list(PageQuery.first()).items()).isEmpty();
    }

    @Test
    void ordersAPlanAndReadsTheBalance() {
        assertThat(shop.buyer.plans().order(shop.planId).success()).isTrue();

        PlanBalance balance =
                shop.buyer.plans().balance(shop.planId, shop.sandbox.buyer().address());
        assertThat(balance.balance())
                .hasValueSatisfying(credits -> assertThat(credits).isEqualTo(100));
        assertThat(balance.isSubscriber()).isTrue();
    }

    @Test
    void onlyTheOwnerGivesCredits() {
        String receiver = shop.sandbox.buyer().address();
        shop.seller.plans().mint(shop.planId, BigInteger.valueOf(7), receiver);
        shop.seller.plans().mintExpirable(shop.planId, BigInteger.ONE, receiver, Duration.ofDays(1));

        assertThat(shop.balance()).isEqualTo(8);
        assertThatThrownBy(() -> shop.buyer.plans().mint(shop.planId, BigInteger.TEN, receiver))
                .isInstanceOfSatisfying(
                        NeverminedException.class, e -> assertThat(e.code()).isEqualTo("BCK.AUTH.0003"));
    }

    @Test
    void linksAndUnlinksAPlan() {
        String agentId = shop.seller.agents().register(AgentRegistration.named("Bare", List.of()), List.of());

        shop.seller.agents().linkPlan(agentId, shop.planId);
        assertThat(shop.seller.agents().plans(agentId, PageQuery.first()).items())
                .hasSize(1);
        shop.seller.agents().unlinkPlan(agentId, shop.planId);
        assertThat(shop.seller.agents().plans(agentId, PageQuery.first()).items())
                .isEmpty();
    }

    @Test
    void replacesAnAgentsDescription() {
        String agentId = shop.agent();

        shop.seller.agents().update(agentId, AgentRegistration.named("Renamed", List.of()));

        assertThat(shop.seller.agents().get(agentId).toJson()).contains("Renamed");
    }

    @Test
    void reportsASubTask() {
        SubTask task = SubTask.of("req-1", SubTask.Status.PENDING).described("fetch", null);

        assertThat(shop.seller.requests().trackAgentSubTask(task).success()).isTrue();
        assertThat(shop.sandbox.subTasks()).singleElement().satisfies(json -> assertThat(json.string("tag"))
                .contains("fetch"));
    }

    @Test
    void refusesASubTaskThatCannotBeSent() {
        assertThatThrownBy(() -> SubTask.of("", SubTask.Status.SUCCESS))
                .isInstanceOfSatisfying(
                        NeverminedException.class, e -> assertThat(e.code()).isEqualTo("validation"));
        assertThatThrownBy(() -> SubTask.of("req", SubTask.Status.SUCCESS)
                        .credits(BigInteger.ONE.negate())
                        .toJson())
                .isInstanceOf(NeverminedException.class);
    }

    @Test
    void refusesAPlanForATimeThatBurnsAFixedNumber() {
        CreditsConfig contradictory = new CreditsConfig(
                true,
                CreditsConfig.ONLY_SUBSCRIBER,
                false,
                Duration.ofDays(1),
                BigInteger.ONE,
                BigInteger.ONE,
                BigInteger.ONE);

        assertThatThrownBy(() -> PlanRegistration.named("Month", PriceConfig.free(), contradictory))
                .isInstanceOf(NeverminedException.class);
        assertThat(PlanRegistration.named("Month", PriceConfig.free(), CreditsConfig.lasting(Duration.ofDays(30)))
                        .asTrial()
                        .accessLimit())
                .isEqualTo("time");
    }

    @Test
    void refusesPagesThatCannotBe() {
        assertThatThrownBy(() -> new PageQuery(0, 10, true, null)).isInstanceOf(NeverminedException.class);
        assertThatThrownBy(() -> new PageQuery(1, 1_001, true, null)).isInstanceOf(NeverminedException.class);
        assertThat(PageQuery.first().next().page()).isEqualTo(2);
    }

    @Test
    void looksASchemeUpOnce() {
        SchemeResolver schemes = shop.seller.schemes(Clock.systemUTC());

        schemes.resolve(shop.planId);
        schemes.resolve(shop.planId);

        assertThat(shop.sandbox.requests(NeverminedRoute.GET_PLAN)).isEqualTo(1);
    }
}
