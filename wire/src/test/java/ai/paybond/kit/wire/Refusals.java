package ai.paybond.kit.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts the reason of a refusal. */
public final class Refusals {
    private Refusals() {}

    public static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(WireException.class)
                .extracting("code")
                .isEqualTo(code);
    }
}
