package ai.paybond.kit.paegents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.wire.WireException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests share: a buyer, another, a standing clock, and the one assertion they are about. */
public final class Refusals {
    public static final EvmPrivateKey BUYER = EvmPrivateKey.parse("11".repeat(32));
    public static final EvmPrivateKey OTHER = EvmPrivateKey.parse("22".repeat(32));
    public static final long NOW = 1_740_672_089;
    public static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);

    private Refusals() {}

    public static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(WireException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
