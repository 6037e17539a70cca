package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.springai.web.Caller;
import ai.paybond.kit.springai.web.CallerCapability;
import ai.paybond.kit.springai.web.CallerGuards;
import ai.paybond.kit.springai.web.OwnedGuard;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** The guards of callers and how long they are kept. */
class CallerGuardsTest {

    private static final CapabilityBinding SHARED =
            new CapabilityBinding("3f0e0b6c-6f0f-4f0e-9a51-0d7d2f8b5a10", CapabilityToken.of(TestGuards.TOKEN), "usd");

    private static CallerGuards guards(CallerCapability capabilities, int capacity) {
        return new CallerGuards(
                capabilities, binding -> TestGuards.builder(ToolRegistry.of(), new RecordingAuthority()), capacity);
    }

    private static Caller named(String name) {
        return new Caller(() -> name, new HttpHeaders());
    }

    @Test
    void keepsOneGuardForEachUserOfACapability() {
        CallerGuards guards = guards(caller -> SHARED, 10);

        ToolGuard ann = guards.guardOf(named("ann"));

        assertThat(guards.guardOf(named("ann"))).isSameAs(ann);
        assertThat(guards.guardOf(named("bob"))).isNotNull().isNotSameAs(ann);
        assertThat(guards.known()).extracting(OwnedGuard::owner).containsExactly("ann", "bob");
    }

    @Test
    void dropsTheGuardThatWasNotUsedForLongest() {
        CallerGuards guards = guards(caller -> SHARED, 2);
        guards.guardOf(named("ann"));
        guards.guardOf(named("bob"));
        guards.guardOf(named("ann"));

        guards.guardOf(named("carl"));

        assertThat(guards.known()).extracting(OwnedGuard::owner).containsExactly("ann", "carl");
    }

    @Test
    void hasNoGuardWithoutACapability() {
        assertThat(guards(caller -> null, 10).guardOf(named("ann"))).isNull();
    }

    @Test
    void makesNoGuardForANameThatNoAuthorityCouldBeTold() {
        CallerGuards guards = guards(caller -> SHARED, 10);

        assertThatThrownBy(() -> guards.guardOf(named("ann\u0000"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(guards.known()).isEmpty();
    }

    @Test
    void needsRoomForAGuard() {
        assertThatThrownBy(() -> guards(caller -> SHARED, 0))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("web.capacity"));
    }
}
