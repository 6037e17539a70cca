package ai.paybond.kit.examples.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A model that was talked into everything it should not do, between two tasks that it should. {@code docs/adversary.md} says
 * what came of it; {@code -Dpaybond.adversary.write=true} writes the counts there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdversaryTest {
    private static final Path PAGE = Path.of(System.getProperty("paybond.root"), "docs", "adversary.md");
    private static final String START = "<!-- written by AdversaryTest -->\n";
    private static final String END = "<!-- end -->\n";

    private final Bank bank = new Bank();
    private final Tally tally = new Tally();

    static Stream<Arguments> everyAttackAtEveryDoor() {
        return Attack.all().stream().flatMap(attack -> attack.doors().stream().map(door -> Arguments.of(attack, door)));
    }

    @AfterAll
    void close() {
        bank.close();
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("everyAttackAtEveryDoor")
    void runsNothingThatWasInjectedAndEverythingElse(Attack attack, Door door) {
        Siege siege = new Siege(bank, door);

        List<String> read = siege.run(attack);

        assertThat(siege.purse.ran())
                .as("what ran")
                .containsExactly("bookRide " + Bank.TAXI, "payInvoice " + Bank.HOTEL + " 900");
        assertThat(read).hasSameSizeAs(attack.calls());
        if (attack.isRepetition()) {
            assertThat(read).as("answered as before").containsOnly("{\"status\":\"booked\"}");
        } else {
            assertThat(read).extracting(AdversaryTest::code).containsOnly(attack.codeAt(door));
        }
        assertPaidForTheTasksAlone(siege);
        assertProvedTheInvoiceAlone(siege);
        tally.held(attack, door);
    }

    private static String code(String read) {
        JsonObject refusal = JsonObject.parse(read);
        assertThat(refusal.bool("tool_ran")).as(read).contains(false);
        return refusal.string("code").orElse(read);
    }

    private void assertPaidForTheTasksAlone(Siege siege) {
        List<Decision> spends = bank.sandbox().records().decisions();
        assertThat(spends)
                .filteredOn(spend -> spend.intentId().equals(siege.binding.intentId()))
                .filteredOn(spend -> spend.status() != DecisionStatus.RELEASED)
                .extracting(Decision::spendCents, Decision::status)
                .as("what the intent of %d cents paid", Bank.BUDGET_CENTS)
                .containsExactly(tuple(5_000L, DecisionStatus.CONSUMED), tuple(900L, DecisionStatus.CONSUMED));
        assertThat(siege.others).noneMatch(other -> spends.stream()
                .anyMatch(spend -> spend.intentId().equals(other.intentId())));
    }

    private void assertProvedTheInvoiceAlone(Siege siege) {
        assertThat(bank.sandbox().records().evidence(siege.binding.intentId()))
                .extracting(Evidence::payload)
                .containsExactly(JsonObject.parse("{\"status\":\"paid\",\"amountCents\":900}"));
        assertThat(siege.others)
                .allMatch(other ->
                        bank.sandbox().records().evidence(other.intentId()).isEmpty());
    }

    @Order(2)
    @Test
    void theCountsAreThoseOfThePage() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(START) + START.length();
        int to = page.indexOf(END);
        if (Boolean.getBoolean("paybond.adversary.write")) {
            Files.writeString(PAGE, page.substring(0, from) + tally.toMarkdown() + page.substring(to));
            return;
        }
        assertThat(tally.toMarkdown()).isEqualToNormalizingNewlines(page.substring(from, to));
        assertThat(tally.injectedCalls()).isGreaterThanOrEqualTo(150);
    }
}
