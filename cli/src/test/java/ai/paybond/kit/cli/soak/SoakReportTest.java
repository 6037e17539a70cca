package ai.paybond.kit.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What counts as growth. */
class SoakReportTest {
    private static final int MIB = 1 << 20;

    @Test
    void staysSilentWhenNothingGrows() {
        assertThat(report(i -> sample(i, 20 + i % 2, 50 - i % 3, 30L * MIB + i % 5 * 100_000L))
                        .violations())
                .isEmpty();
    }

    @Test
    void forgivesGrowthWhileEverythingWarmsUp() {
        assertThat(report(i -> sample(i, Math.min(i, 8), Math.min(3 * i, 20), Math.min(i, 8) * 5L * MIB))
                        .violations())
                .isEmpty();
    }

    @Test
    void noticesThreadsThatAreNotEnded() {
        assertThat(report(i -> sample(i, 20 + i, 50, MIB)).violations()).containsExactly("threads grew from 30 to 34");
    }

    @Test
    void noticesDescriptorsThatAreNotClosed() {
        assertThat(report(i -> sample(i, 20, 50 + 10L * i, MIB)).violations())
                .containsExactly("descriptors grew from 150 to 190");
    }

    @Test
    void noticesAHeapThatGrowsSteadily() {
        assertThat(report(i -> sample(i, 20, 50, 3L * i * MIB)).violations()).hasSize(1);
    }

    @Test
    void handsOnWhatACallBroke() {
        assertThat(new SoakReport(List.of(), List.of("broken")).violations()).containsExactly("broken");
    }

    private static SoakReport report(IntFunction<Sample> samples) {
        return new SoakReport(IntStream.range(0, 16).mapToObj(samples).toList(), List.of());
    }

    private static Sample sample(int number, int threads, long descriptors, long heap) {
        return new Sample(Duration.ofSeconds(number), number, threads, descriptors, heap);
    }
}
