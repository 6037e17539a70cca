package ai.paybond.kit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form: every seed, every input that once was a finding, and some mutations that are the same in every build. */
class CorpusTest {
    private static final int MUTATIONS = 800;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource(Targets.class)
    void seedsAreReadWithDeclaredAnswersOnly(Targets chosen) {
        FuzzTarget target = chosen.make();
        List<byte[]> seeds = target.seeds();
        assertThat(seeds).isNotEmpty();
        within(() -> seeds.forEach(seed -> run(target, seed)));
    }

    @ParameterizedTest
    @EnumSource(Targets.class)
    void oldFindingsStayFixed(Targets chosen) throws IOException {
        FuzzTarget target = chosen.make();
        List<Path> findings = findings(chosen);
        within(() -> findings.forEach(finding -> run(target, read(finding))));
    }

    @ParameterizedTest
    @EnumSource(Targets.class)
    void mutationsAreReadWithDeclaredAnswersOnly(Targets chosen) {
        FuzzTarget target = chosen.make();
        List<byte[]> seeds = target.seeds();
        Mutations mutations = new Mutations(new Random(chosen.ordinal()));
        within(() -> {
            for (int i = 0; i < MUTATIONS; i++) {
                run(target, mutations.of(seeds.get(i % seeds.size())));
            }
        });
    }

    /** A hanging reader fails; how fast one is, is not asked here. */
    private static void within(Runnable work) {
        assertTimeoutPreemptively(PATIENCE, work::run);
    }

    private static void run(FuzzTarget target, byte[] input) {
        assertThatCode(() -> target.run(input))
                .as("input %s", Base64.getEncoder().encodeToString(input))
                .doesNotThrowAnyException();
    }

    private static List<Path> findings(Targets chosen) throws IOException {
        Path directory =
                Path.of(System.getProperty("paybond.root", ".."), "fuzz/src/test/resources/findings", chosen.id());
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
