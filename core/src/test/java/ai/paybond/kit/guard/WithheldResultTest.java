package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.SpendHold;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rail that sells results may keep back what was not paid for. */
class WithheldResultTest {
    private final GuardFixture fixture = new GuardFixture();

    private ToolGuard guard(ToolAuthority authority) {
        return ToolGuard.builder(
                        GuardFixture.binding(),
                        fixture.guard().tools(),
                        authority,
                        CapabilityVerifier.remoteOnly(),
                        "tenant-a")
                .managedEvidence()
                .journal(fixture.journal)
                .build();
    }

    @Test
    void givesTheRailsExceptionInPlaceOfTheResult() {
        PaybondException unpaid = new PaybondException("not.paid", "the payer could not be charged");
        ToolGuard guard = guard(new Rail(receipt -> unpaid));

        ToolOutcome<?> outcome = guard.call(booking("c1"), fixture::book);

        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.thrown()).isSameAs(unpaid);
            assertThat(failed.inDoubt()).isFalse();
            assertThat(failed.receipt().state()).isEqualTo(CallState.DELIVERED);
        });
    }

    @Test
    void staysWithheldWhenTheCallIsRepeated() {
        ToolGuard guard = guard(new Rail(receipt -> new PaybondException("not.paid", "unpaid")));
        guard.call(booking("c1"), fixture::book);

        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Failed.class);
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void givesTheResultWhenTheRailCannotSay() {
        ToolGuard guard = guard(new Rail(receipt -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Executed.class);
    }

    private record Rail(Function<CallReceipt, @Nullable PaybondException> answer) implements ToolAuthority {
        @Override
        public Decision authorize(AuthorizationRequest request) {
            return RecordingAuthority.allowed(request);
        }

        @Override
        public @Nullable PaybondException withheld(CallReceipt receipt) {
            return answer.apply(receipt);
        }

        @Override
        public void complete(SpendHold hold, SpendOutcome outcome) {}

        @Override
        public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
            return new DeliveryReceipt("kept", null);
        }
    }
}
