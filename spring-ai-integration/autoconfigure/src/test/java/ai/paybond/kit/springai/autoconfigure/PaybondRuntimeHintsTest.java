package ai.paybond.kit.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

class PaybondRuntimeHintsTest {

    private final RuntimeHints hints = new RuntimeHints();

    PaybondRuntimeHintsTest() {
        new PaybondRuntimeHints().registerHints(hints, getClass().getClassLoader());
    }

    @Test
    void isFoundByTheAotEngine() {
        List<RuntimeHintsRegistrar> registrars = SpringFactoriesLoader.forResourceLocation(
                        "META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class);

        assertThat(registrars).hasAtLeastOneElementOfType(PaybondRuntimeHints.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ai/paybond/kit/wire/completion/presets.json",
                "ai/paybond/kit/internal/jdbc/V1__call_journal.sql",
                "paybond.policy.yaml"
            })
    void takesAlongWhatIsReadFromTheClassPath(String resource) {
        assertThat(RuntimeHintsPredicates.resource().forResource(resource)).accepts(hints);
    }

    @Test
    void namesOnlyResourcesThatAreThere() {
        ClassLoader core = CallJournals.class.getClassLoader();
        assertThat(core.getResource("ai/paybond/kit/wire/completion/presets.json"))
                .isNotNull();
        assertThat(core.getResource("ai/paybond/kit/internal/jdbc/V1__call_journal.sql"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.sqlite.JDBC", "org.flywaydb.core.Flyway"})
    void reachesWhatIsLookedUpByName(String type) {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of(type))
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Biscuit", "Block", "SignedBlock$Builder"})
    void reachesTheMessagesOfTokens(String message) {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of("biscuit.format.schema.Schema$" + message))
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS))
                .accepts(hints);
    }

    @Test
    void registersNothingThatIsAbsent() {
        RuntimeHints elsewhere = new RuntimeHints();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();

        new PaybondRuntimeHints().registerHints(elsewhere, platform);

        assertThat(elsewhere.reflection().typeHints()).isEmpty();
    }
}
