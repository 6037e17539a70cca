package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A guard whose tools change while it runs. */
class LiveToolsTest {
    private static final ToolRegistry WITHOUT_BOOKING =
            ToolRegistry.of(ToolDeclaration.builder("searchHotels").readOnly().build());

    private final GuardFixture fixture = new GuardFixture();
    private final AtomicReference<ToolRegistry> live =
            new AtomicReference<>(ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                    .spend(SpendRule.argument("amount_cents"))
                    .evidence(fixture.mapper)
                    .build()));

    @Test
    void deniesAToolFromTheMomentThatItIsGone() {
        ToolGuard guard = fixture.builder().liveTools(live::get).build();
        assertThat(guard.call(GuardFixture.booking("a"), fixture::book)).isInstanceOf(Executed.class);
        live.set(WITHOUT_BOOKING);
        assertThat(guard.call(GuardFixture.booking("b"), fixture::book))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                                refused.decision().reason().code())
                        .isEqualTo("tool.undeclared"));
        assertThat(guard.tools()).isSameAs(WITHOUT_BOOKING);
    }

    @Test
    void finishesACallUnderTheRegistryThatItStartedWith() {
        ToolGuard guard = fixture.builder().liveTools(live::get).build();
        ToolOutcome<?> outcome = guard.call(GuardFixture.booking("a"), permitted -> {
            live.set(WITHOUT_BOOKING);
            return fixture.book(permitted);
        });
        assertThat(outcome).isInstanceOf(Executed.class);
        assertThat(fixture.entry("a").envelope()).isNotNull();
    }

    @Test
    void readsTheRegistryOncePerCall() {
        AtomicInteger reads = new AtomicInteger();
        ToolGuard guard = fixture.builder()
                .liveTools(() -> {
                    reads.incrementAndGet();
                    return live.get();
                })
                .build();
        guard.call(GuardFixture.booking("a"), fixture::book);
        assertThat(reads).hasValue(1);
    }

    @Test
    void deniesEveryCallWhileThereIsNoRegistry() {
        ToolGuard guard = fixture.builder()
                .liveTools(() -> {
                    throw new IllegalStateException("gone");
                })
                .build();
        assertThat(guard.call(GuardFixture.booking("a"), fixture::book)).isInstanceOf(Refused.class);
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void needsAPayeeForToolsThatMayComeToHaveEvidence() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ToolGuard.builder(
                                GuardFixture.binding(),
                                WITHOUT_BOOKING,
                                fixture.authority,
                                CapabilityVerifier.remoteOnly(),
                                "tenant-a")
                        .liveTools(live::get)
                        .build())
                .satisfies(e -> assertThat(e.code()).isEqualTo("guard.payee"));
    }
}
