package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapabilityLimitsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({
        "0, 9, 64, 256, 64, PT1S",
        "16385, 9, 64, 256, 64, PT1S",
        "4096, 0, 64, 256, 64, PT1S",
        "4096, 33, 64, 256, 64, PT1S",
        "4096, 9, 0, 256, 64, PT1S",
        "4096, 9, 1025, 256, 64, PT1S",
        "4096, 9, 64, -1, 64, PT1S",
        "4096, 9, 64, 1025, 64, PT1S",
        "4096, 9, 64, 256, 0, PT1S",
        "4096, 9, 64, 256, 1025, PT1S",
        "4096, 9, 64, 256, 64, PT0S",
        "4096, 9, 64, 256, 64, PT-1S",
        "4096, 9, 64, 256, 64, PT10.001S"
    })
    void refusesLimitsThatLimitNothingOrEverything(
            int length, int blocks, int facts, int symbols, int arguments, Duration time) {
        assertThatThrownBy(() -> new CapabilityLimits(length, blocks, facts, symbols, arguments, time))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void appliesEachLimit() {
        CapabilityToken narrowed =
                TokenForge.authority(GRANT).block("check if true").token();

        assertVerified(verify(narrowed, new CapabilityLimits(4096, 2, 9, 27, 1, SECOND)));
        assertRefused(
                verify(narrowed, new CapabilityLimits(4096, 1, 9, 27, 1, SECOND)), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
        assertRefused(
                verify(narrowed, new CapabilityLimits(4096, 2, 8, 27, 1, SECOND)), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
        assertRefused(
                verify(narrowed, new CapabilityLimits(4096, 2, 9, 5, 1, SECOND)), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesWhenEvaluationRunsOutOfTime() {
        CapabilityLimits limits = new CapabilityLimits(4096, 9, 64, 256, 64, Duration.ofNanos(1));

        assertRefused(verify(TestCapabilities.token(), limits), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    private static CapabilityVerdict verify(CapabilityToken token, CapabilityLimits limits) {
        return CapabilityVerifier.builder()
                .rootKey(1, ROOT.publicKey())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .limits(limits)
                .build()
                .verify(token, request());
    }
}
