package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.policy.LivePolicy;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyPreset;
import ai.paybond.kit.policy.ToolBindings;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard under a policy, from the file to the signed payload. */
class PolicyGuardTest {
    private static final ToolBindings BINDINGS = ToolBindings.builder()
            .hostName("travel.book_hotel", "bookHotel")
            .spend("travel.book_hotel", SpendRule.argument("amount_cents"))
            .build();
    private static final Policy TRAVEL = PolicyPreset.TRAVEL.policy();

    @TempDir
    private Path directory;

    private final GuardFixture fixture = new GuardFixture();

    @Test
    void runsToolsUnderAPolicyThatAllowsNoPurchase() {
        ToolGuard guard = under(PolicyPreset.READ_ONLY.policy().registry());
        assertThat(guard.call(call("search.web", "{}"), permitted -> "found")).isInstanceOf(Executed.class);
        assertThat(fixture.authority.asked).isEmpty();
        assertThat(codeOf(guard.call(call("bookHotel", "{}"), fixture::book))).isEqualTo("tool.undeclared");
    }

    @Test
    void deniesAPriceOverThePolicysCeilingBeforeAnybodyIsAsked() {
        ToolGuard guard = under(TRAVEL.registry(BINDINGS));
        assertThat(codeOf(guard.call(call("bookHotel", "{\"amount_cents\":99999}"), fixture::book)))
                .isEqualTo("spend.invalid");
        assertThat(fixture.authority.asked).isEmpty();
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void deniesAToolThatThePolicyDoesNotName() {
        ToolGuard guard = under(TRAVEL.registry(BINDINGS));
        assertThat(codeOf(guard.call(call("wire_money_everywhere", "{}"), fixture::book)))
                .isEqualTo("tool.undeclared");
    }

    @Test
    void signsWhatThePolicysPresetDeclaresAndNothingElse() {
        ToolGuard guard = under(TRAVEL.registry(BINDINGS));
        guard.call(
                call("bookHotel", "{\"amount_cents\":4200}"),
                permitted -> Map.of("status", "completed", "cost_cents", 4200, "card", "4111", "passport", "X1"));
        assertThat(Objects.requireNonNull(fixture.entry("a").envelope())
                        .payload()
                        .toJson())
                .isEqualTo("{\"status\":\"completed\",\"cost_cents\":4200}");
    }

    @Test
    void inventsNoEvidenceForAToolThatAnswersInWords() {
        ToolGuard guard = under(TRAVEL.registry(BINDINGS));
        ToolOutcome<String> outcome =
                guard.call(call("bookHotel", "{\"amount_cents\":4200}"), permitted -> "FAILED: card declined");
        assertThat(outcome).isInstanceOfSatisfying(Executed.class, executed -> {
            assertThat(executed.result()).isEqualTo("FAILED: card declined");
            assertThat(executed.receipt().evidence()).isEqualTo(EvidenceStatus.UNMAPPED);
        });
        assertThat(fixture.signer.signatures).hasValue(0);
    }

    @Test
    void followsAPolicyFileThatIsTightened() throws IOException {
        Path file = Files.writeString(directory.resolve("paybond.policy.yaml"), TRAVEL.toYaml());
        try (LivePolicy live = LivePolicy.builder(file).bindings(BINDINGS).open()) {
            ToolGuard guard = fixture.builder().liveTools(live).build();
            assertThat(guard.call(call("bookHotel", "{\"amount_cents\":4200}"), fixture::book))
                    .isInstanceOf(Executed.class);
            Files.writeString(file, TRAVEL.toYaml().replace("20000", "100"));
            live.reload();
            ToolCall second = ToolCall.parse("bookHotel", "b", "{\"amount_cents\":4200}");
            assertThat(codeOf(guard.call(second, fixture::book))).isEqualTo("spend.invalid");
        }
    }

    private ToolGuard under(ToolRegistry tools) {
        return fixture.builder().liveTools(() -> tools).build();
    }

    private static ToolCall call(String tool, String arguments) {
        return ToolCall.of(tool, "a", JsonObject.parse(arguments));
    }

    private static String codeOf(ToolOutcome<?> outcome) {
        return ((Refused<?>) outcome).decision().reason().code();
    }
}
