package ai.paybond.kit.nevermined.rail;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.nevermined.Shop;
import ai.paybond.kit.nevermined.charge.ChargeRecord.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seller's process is killed around a settle; the next one opens the same journal. */
class CrashTest {
    @TempDir
    private Path directory;

    private final Shop shop = Shop.fixed();

    @BeforeEach
    void fund() {
        shop.credits(5);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Path journalFile() {
        return directory.resolve("journal.db");
    }

    private void kill(String where) throws IOException, InterruptedException {
        Process seller = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingSeller.class.getName(),
                        journalFile().toString(),
                        shop.sandbox.baseUrl().toString(),
                        shop.sandbox.seller().apiKey(),
                        shop.planId,
                        shop.token().expose(),
                        where)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = seller.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("NOW");
            seller.destroyForcibly();
            assertThat(seller.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private NeverminedRail reopened(CallJournal journal) {
        NeverminedRail.Builder builder = NeverminedRail.builder(shop.seller)
                .journal(journal)
                .tool(CrashingSeller.TOOL, ToolPlan.of(shop.planId));
        builder.desk().lostAfter(Duration.ZERO);
        return builder.build();
    }

    @Test
    void settlesOnceWhatWasDoneAndNotSettled() throws Exception {
        kill("before-claim");
        assertThat(shop.burns()).isEmpty();

        try (CallJournal journal = CallJournals.file(journalFile())) {
            NeverminedRail rail = reopened(journal);
            rail.retryPending();
            rail.retryPending();

            assertThat(shop.burns()).hasSize(1);
            assertThat(journal.inState(CallState.DELIVERED, 10)).hasSize(2);
        }
    }

    @Test
    void neverSendsASettleThatMayHaveBeenSent() throws Exception {
        kill("before-send");

        try (CallJournal journal = CallJournals.file(journalFile())) {
            NeverminedRail rail = reopened(journal);
            rail.retryPending();
            rail.retryPending();

            assertThat(shop.burns()).isEmpty();
            assertThat(rail.desk().unresolved(10)).singleElement().satisfies(charge -> assertThat(charge.status())
                    .isEqualTo(Status.UNKNOWN));
            assertThat(journal.inState(CallState.REJECTED, 10))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.reasonCode()).isEqualTo("settlement.unknown"));
        }
    }

    @Test
    void chargesNothingTwiceWhenTheAnswerDiedWithTheProcess() throws Exception {
        kill("after-send");
        assertThat(shop.burns()).hasSize(1);

        try (CallJournal journal = CallJournals.file(journalFile())) {
            NeverminedRail rail = reopened(journal);
            rail.retryPending();
            rail.retryPending();

            assertThat(shop.burns()).hasSize(1);
            assertThat(rail.desk().unresolved(10)).hasSize(1);
        }
    }
}
