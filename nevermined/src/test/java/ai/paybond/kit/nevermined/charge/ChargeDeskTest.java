package ai.paybond.kit.nevermined.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.nevermined.PaymentFacilitator;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.SettleRequest;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.Verification;
import ai.paybond.kit.nevermined.VerifyRequest;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.Admission.Admitted;
import ai.paybond.kit.nevermined.charge.Admission.Refused;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each request is charged at most once, whatever happens around it. */
class ChargeDeskTest {
    private static final X402AccessToken TOKEN = X402AccessToken.of("token");
    private static final PaymentRequired REQUIRED = PaymentRequired.forPlan(
                    "1", new PaymentScheme("nvm:erc4337", "eip155:84532"))
            .build();
    private static final Settlement SETTLED =
            Settlement.of(200, "{\"success\":true,\"creditsRedeemed\":\"1\"}".getBytes());
    private static final Settlement LOST = new Settlement.Unknown("network_timeout", false, null);
    private static final Settlement NOT_SENT = new Settlement.Failed("network_error", true, null, null);

    private final CallJournal journal = new InMemoryCallJournal();
    private final List<Settlement> answers = new ArrayList<>();
    private final List<SettleRequest> sent = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final InstantSource time = () -> now;
    private Map<String, ?> verification = Map.of("isValid", true, "agentRequestId", "req-1", "payer", "0x1");

    private ChargeDesk desk() {
        return ChargeDesk.builder(new Scripted(), "seller")
                .journal(journal)
                .clock(time.withZone(ZoneOffset.UTC))
                .listener(new Recorder())
                .build();
    }

    private final class Scripted implements PaymentFacilitator {
        @Override
        public Verification verify(VerifyRequest request) {
            return Verification.of(200, JsonObject.of(verification).toJson().getBytes());
        }

        @Override
        public Settlement settle(SettleRequest request) {
            sent.add(request);
            return answers.remove(0);
        }
    }

    private final class Recorder implements ChargeListener {
        @Override
        public void beforeVerify(PaymentRequired required) {
            events.add("before");
            throw new IllegalStateException("observers never steer");
        }

        @Override
        public void afterVerify(PaymentRequired required, Verification answer) {
            events.add("verified");
        }

        @Override
        public void afterSettle(Grant grant, Settlement settlement) {
            events.add("settled");
        }

        @Override
        public void refused(Refused refusal) {
            events.add(refusal.code());
        }
    }

    private static Grant admit(ChargeDesk desk) {
        return ((Admitted) desk.admit(REQUIRED, TOKEN, BigInteger.ONE)).grant();
    }

    @Test
    void tellsListenersAndIsNotSteeredByThem() {
        answers.add(SETTLED);
        ChargeDesk desk = desk();

        desk.charge(admit(desk), BigInteger.ONE);

        assertThat(events).containsExactly("before", "verified", "settled");
    }

    @Test
    void absorbsASecondSettleEvenInAnotherProcess() {
        answers.add(SETTLED);
        ChargeDesk first = desk();
        Grant grant = admit(first);
        first.charge(grant, BigInteger.ONE);

        Charge second = desk().charge(grant, BigInteger.ONE);

        assertThat(second.absorbed()).isTrue();
        assertThat(second.receipt()).isPresent();
        assertThat(sent).hasSize(1);
    }

    @Test
    void repeatsOnlyWhatCertainlyWasNotSent() {
        answers.addAll(List.of(NOT_SENT, SETTLED));
        ChargeDesk desk = desk();
        Grant grant = admit(desk);

        assertThat(desk.charge(grant, BigInteger.ONE).settlement()).isEqualTo(NOT_SENT);
        assertThat(desk.charge(grant, BigInteger.ONE).settlement()).isInstanceOf(Settlement.Settled.class);
        assertThat(desk.find("req-1").orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void keepsAnUnknownSettleUnknownUntilAPersonDecides() {
        answers.addAll(List.of(LOST, SETTLED));
        ChargeDesk desk = desk();
        Grant grant = admit(desk);

        desk.charge(grant, BigInteger.ONE);
        assertThat(desk.charge(grant, BigInteger.ONE).settlement()).isInstanceOf(Settlement.Unknown.class);
        assertThat(sent).hasSize(1);
        desk.resolveNotCharged("req-1");
        assertThat(desk.charge(grant, BigInteger.ONE).settlement()).isInstanceOf(Settlement.Settled.class);
        assertThat(desk.unresolved(10)).isEmpty();
    }

    @Test
    void resolvesNothingThatIsKnown() {
        answers.add(SETTLED);
        ChargeDesk desk = desk();
        desk.charge(admit(desk), BigInteger.ONE);

        assertThatThrownBy(() -> desk.resolveCharged("req-1"))
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("call.not_in_doubt"));
    }

    @Test
    void chargesNoMoreThanWasReserved() {
        ChargeDesk desk = desk();
        Grant grant = admit(desk);

        for (BigInteger credits : List.of(BigInteger.TWO, BigInteger.ZERO, BigInteger.ONE.negate())) {
            assertThatThrownBy(() -> desk.charge(grant, credits))
                    .isInstanceOfSatisfying(
                            PaybondException.class, e -> assertThat(e.code()).isEqualTo("credits.invalid"));
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void refusesNegativeCreditsWithoutAsking() {
        Admission admission = desk().admit(REQUIRED, TOKEN, BigInteger.ONE.negate());

        assertThat(admission).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("credits.invalid"));
        assertThat(events).containsExactly("credits.invalid");
    }

    @Test
    void refusesASecondCallWhileNobodyKnowsTheBalance() {
        ChargeDesk desk = desk();
        admit(desk);
        verification = Map.of("isValid", true, "agentRequestId", "req-2", "payer", "0x1");

        assertThat(desk.admit(REQUIRED, TOKEN, BigInteger.ONE)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("credits.unconfirmed");
            assertThat(refused.retryable()).isTrue();
        });
    }

    @Test
    void letsAForgottenReservationRunOut() {
        ChargeDesk desk = desk();
        admit(desk);
        now = now.plus(Duration.ofMinutes(16));

        assertThat(desk.admit(REQUIRED, TOKEN, BigInteger.ONE)).isInstanceOf(Admitted.class);
    }

    @Test
    void showsNoTokenOfAGrant() {
        assertThat(admit(desk()).toString()).doesNotContain("token").contains("req-1");
    }
}
