package ai.paybond.kit.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The scripted demo, run once; each test looks at its transcript. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private List<String> lines = List.of();

    @BeforeAll
    void run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DemoSummary summary =
                Demo.run(DemoOptions.scripted(Clock.systemUTC()), new PrintStream(out, true, StandardCharsets.UTF_8));
        lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).last().isEqualTo(summary.toJson());
    }

    @Test
    void sumsUpInOneLastLineOfJson() {
        assertThat(lines.subList(0, lines.size() - 1)).noneMatch(line -> line.startsWith("{"));
        assertThat(summary().members().keySet())
                .containsExactly(
                        "agents",
                        "allowed",
                        "denied",
                        "failed",
                        "evidence_delivered",
                        "predicates_passed",
                        "thefts_refused",
                        "ledger_verified");
    }

    @Test
    void countsWhatTheTranscriptShows() {
        assertThat(summary().integer("agents")).contains(count("session"));
        assertThat(summary().integer("allowed")).contains(count("allowed"));
        assertThat(summary().integer("denied")).contains(count("refused"));
        assertThat(summary().integer("failed")).contains(count("failed"));
        assertThat(summary().integer("evidence_delivered")).contains(count("booking"));
        assertThat(summary().integer("predicates_passed"))
                .contains((long) with("predicate passed").size());
        assertThat(summary().bool("ledger_verified")).contains(true);
    }

    @Test
    void letsEachOfThreeAgentsBookOneRoomAndFailOnce() {
        assertThat(summary().integer("agents")).contains(3L);
        assertThat(summary().integer("allowed")).contains(9L);
        assertThat(summary().integer("failed")).contains(3L);
        assertThat(summary().integer("evidence_delivered")).contains(3L);
        assertThat(summary().integer("predicates_passed")).contains(3L);
    }

    @Test
    void showsARefusalHereAndARefusalByHarbor() {
        assertThat(with("locally: operation_not_allowed")).hasSize(3);
        assertThat(with("by Harbor: budget_exceeded")).hasSize(2);
        assertThat(with("locally: budget_exceeded"))
                .as("direct Harbor keeps no count")
                .hasSize(1);
    }

    @Test
    void showsAThiefWhoIsRefusedHereAndByHarbor() {
        assertThat(with("  thief"))
                .extracting(line -> line.substring(line.lastIndexOf(" is refused ")))
                .containsExactly(
                        " is refused locally: holder.proof_missing",
                        " is refused locally: holder.key_mismatch",
                        " is refused by Harbor: holder.proof_missing",
                        " is refused by Harbor: holder.proof_replayed");
        assertThat(summary().integer("thefts_refused")).contains(4L);
    }

    @Test
    void showsThatTheFailedToolsSpendIsReleased() {
        assertThat(with("no room left in this city; 100.00 USD released")).hasSize(2);
        assertThat(with("no room left in this city; nothing was reserved")).hasSize(1);
    }

    @Test
    void showsFundingSettlementAndTheLedger() {
        assertThat(with("is funded with 200.00 USD")).hasSize(3);
        assertThat(with("  settled   released")).hasSize(3);
        assertThat(with("one unbroken chain, every signature good")).hasSize(1);
    }

    @Test
    void showsThatTheHotelsBooksMatchTheEvidence() {
        assertThat(with("  booking")).hasSize(3).allMatch(line -> line.contains("Lisbon, 90.00 USD"));
    }

    @Test
    void printsNoSecret() {
        assertThat(lines).noneMatch(line -> line.contains("_sk_")).noneMatch(line -> line.matches(".*[\\w+/=]{64,}.*"));
    }

    private JsonObject summary() {
        return JsonObject.parse(lines.get(lines.size() - 1));
    }

    private long count(String kind) {
        return lines.stream().filter(line -> line.startsWith("  " + kind + " ")).count();
    }

    private List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }
}
