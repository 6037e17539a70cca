package ai.paybond.kit.examples.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What OpenAI-compatible providers do with call ids, in their own JSON, whole and in pieces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderCallIdsTest {
    private final Bank bank = new Bank();

    @AfterAll
    void close() {
        bank.close();
    }

    private static InjectedCall pay(String id, long cents) {
        return new InjectedCall(id, "payInvoice", "{\"payee\":\"" + Bank.HOTEL + "\",\"amountCents\":" + cents + "}");
    }

    private List<String> converse(Door door, Purse purse, InjectedCall... calls) {
        try (ToolGuard guard =
                bank.guard(bank.intent(), door.declarations(purse)).build()) {
            return door.converse(guard, purse, List.of(List.of(calls)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatIsSentTwiceRunsOnce(Door door) {
        Purse purse = new Purse();

        List<String> read = converse(door, purse, pay("twice", 100), pay("twice", 100));

        assertThat(purse.ran()).hasSize(1);
        assertThat(read).hasSize(2).allMatch(result -> result.contains("paid"));
    }

    @ParameterizedTest
    @EnumSource
    void anIdThatIsDrawnTwiceIsGoodForTheFirstCallOnly(Door door) {
        Purse purse = new Purse();

        List<String> read = converse(door, purse, pay("twice", 100), pay("twice", 200));

        assertThat(purse.ran()).containsExactly("payInvoice " + Bank.HOTEL + " 100");
        assertThat(JsonObject.parse(read.get(1)).string("code")).contains("call.arguments_changed");
    }

    /** Spring AI itself refuses them when it streams. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPRING_AI_STREAMING")
    void callsWithoutIdsAreNoRepetitionsOfEachOther(Door door) {
        Purse purse = new Purse();
        InjectedCall ride = new InjectedCall("", "bookRide", Siege.RIDE.arguments());

        List<String> read = converse(door, purse, ride, ride);

        assertThat(purse.ran()).hasSize(1);
        // LangChain4j tells the model of one result for both, when requests are equal
        assertThat(read).anyMatch(result -> result.contains("budget_exceeded"));
    }
}
