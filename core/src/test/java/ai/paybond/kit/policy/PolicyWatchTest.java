package ai.paybond.kit.policy;

import static ai.paybond.kit.policy.PolicyTexts.altered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch sees every way in which a file comes to say something else. It is told to look by itself once an hour, or at once. */
class PolicyWatchTest {
    private static final Duration QUIET = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(20);

    @TempDir
    private Path directory;

    private Path file;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("paybond.policy.yaml"), capped(1000));
    }

    @Test
    void seesAFileWrittenInPlace() throws Exception {
        try (LivePolicy live = live(file).watch(QUIET, NEVER)) {
            Files.writeString(file, capped(900));
            awaitCeiling(900);
        }
    }

    @Test
    void seesAFileThatAnEditorReplacesAgainAndAgain() throws Exception {
        try (LivePolicy live = live(file).watch(QUIET, NEVER)) {
            for (long cents : new long[] {900, 800, 700}) {
                replace(capped(cents));
                awaitCeiling(cents);
            }
        }
    }

    @Test
    void seesALinkThatAKubernetesMountSwaps() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        Path link = mount.resolve("..data");
        Files.createSymbolicLink(link, version(mount, "..1", 1000).getFileName());
        Path mounted = Files.createSymbolicLink(
                mount.resolve("paybond.policy.yaml"), Path.of("..data", "paybond.policy.yaml"));
        try (LivePolicy live = live(mounted).watch(QUIET, NEVER)) {
            for (int i = 2; i < 4; i++) {
                Path next = mount.resolve("..data_tmp");
                Files.createSymbolicLink(
                        next, version(mount, ".." + i, 1000 - i).getFileName());
                Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                awaitCeiling(1000 - i);
            }
        }
    }

    @Test
    void looksByItselfWhereNothingIsHeard() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path target = Files.writeString(elsewhere.resolve("policy.yaml"), capped(1000));
        Path link = Files.createSymbolicLink(directory.resolve("linked.yaml"), target);
        try (LivePolicy live = live(link).watch(QUIET, OFTEN)) {
            Files.writeString(target, capped(900));
            awaitCeiling(900);
        }
    }

    @Test
    void survivesThatTheDirectoryIsReplaced() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path moving = Files.writeString(home.resolve("policy.yaml"), capped(1000));
        try (LivePolicy live = live(moving).watch(QUIET, OFTEN)) {
            Files.move(home, directory.resolve("old"));
            assertThat(next()).isEqualTo("policy.unreadable");
            Files.createDirectory(home);
            Files.writeString(moving, capped(900));
            awaitCeiling(900);
        }
    }

    @Test
    void reportsARefusalOnceAndGoesOn() throws Exception {
        try (LivePolicy live = live(file).watch(QUIET, OFTEN)) {
            replace(capped(5000));
            assertThat(next()).isEqualTo("policy.loosening_denied");
            replace(capped(900));
            assertThat(next()).isEqualTo("ceiling 900");
        }
    }

    @Test
    void survivesAFaultInAReload() throws Exception {
        AtomicReference<RuntimeException> fault = new AtomicReference<>(new IllegalStateException("source"));
        try (PolicyWatch watch = PolicyWatch.start(
                file,
                QUIET,
                OFTEN,
                () -> {
                    RuntimeException thrown = fault.getAndSet(null);
                    if (thrown != null) {
                        throw thrown;
                    }
                    events.add("reloaded");
                },
                thrown -> events.add(thrown.getMessage()))) {
            assertThat(next()).isEqualTo("source");
            assertThat(next()).isEqualTo("reloaded");
        }
    }

    @Test
    void endsWithTheLivePolicyAndKeepsWhatIsInForce() throws Exception {
        LivePolicy live = live(file).watch(QUIET, OFTEN);
        assertThatIllegalStateException().isThrownBy(live::watch);
        live.close();
        live.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("paybond-policy-watch");
        assertThat(live.policy().name()).isEqualTo("travel-agent-v1");
    }

    /** In one step, as no reader must find it half written. */
    private void replace(String text) throws IOException {
        Path written = Files.writeString(directory.resolve(".paybond.policy.yaml.swp"), text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path version(Path mount, String name, long cents) throws IOException {
        Path version = Files.createDirectory(mount.resolve(name));
        Files.writeString(version.resolve("paybond.policy.yaml"), capped(cents));
        return version;
    }

    private static String capped(long cents) {
        return altered("max_spend_cents: 20000", "max_spend_cents: " + cents);
    }

    private LivePolicy live(Path path) {
        return LivePolicy.builder(path)
                .bindings(ToolBindings.builder().reserveCeilings().build())
                .listener(new PolicyListener() {
                    @Override
                    public void reloaded(PolicySnapshot previous, PolicySnapshot current, PolicyChange change) {
                        events.add("ceiling " + ceiling(current));
                    }

                    @Override
                    public void refused(List<PolicyIssue> issues) {
                        events.add(issues.get(0).code());
                    }
                })
                .open();
    }

    private static long ceiling(PolicySnapshot snapshot) {
        return PolicyParser.standard()
                .of(snapshot.document())
                .tool("travel.book_hotel")
                .orElseThrow()
                .maxSpendCents();
    }

    /** A file that is written in place is empty for a moment, which may be seen and refused. */
    private void awaitCeiling(long cents) throws InterruptedException {
        String event = next();
        while (event.equals("policy.empty") || event.equals("policy.unreadable")) {
            event = next();
        }
        assertThat(event).isEqualTo("ceiling " + cents);
    }

    private String next() throws InterruptedException {
        String event = events.poll(60, TimeUnit.SECONDS);
        assertThat(event).as("an event within a minute").isNotNull();
        return event;
    }
}
