package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.annotation.AnnotatedTools;
import ai.paybond.kit.annotation.CapabilityGuarded;
import org.junit.jupiter.api.Test;

/** An annotation says when a person is asked. */
class AnnotatedApprovalTest {

    interface Shop {
        @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true)
        void buy(long cents);

        @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true, approvalAboveCents = 500)
        void buyWithin(long cents);

        @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true, requiresApproval = true)
        void buyAsked(long cents);

        @CapabilityGuarded(readOnly = true, requiresApproval = true)
        String lookAsked();
    }

    private static boolean asks(String tool, long cents) {
        return AnnotatedTools.registry(Shop.class).find(tool).orElseThrow().needsApproval(cents);
    }

    @Test
    void asksNobodyUnlessItSaysSo() {
        assertThat(asks("buy", Long.MAX_VALUE)).isFalse();
    }

    @Test
    void asksAboveALimit() {
        assertThat(asks("buyWithin", 500)).isFalse();
        assertThat(asks("buyWithin", 501)).isTrue();
    }

    @Test
    void asksAlways() {
        assertThat(asks("buyAsked", 0)).isTrue();
        assertThat(asks("lookAsked", 0)).isTrue();
    }
}
