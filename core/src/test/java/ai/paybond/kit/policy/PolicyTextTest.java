package ai.paybond.kit.policy;

import static ai.paybond.kit.policy.PolicyTexts.TRAVEL;
import static ai.paybond.kit.policy.PolicyTexts.altered;
import static ai.paybond.kit.policy.PolicyTexts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are read at all. */
class PolicyTextTest {

    @TempDir
    private Path directory;

    @Test
    void readsTheSamePolicyFromYamlAndFromJson() {
        Policy yaml = Policy.parse(TRAVEL);
        assertThat(Policy.parse(yaml.document().toJson())).isEqualTo(yaml);
        assertThat(Policy.parse(yaml.document().toJson().replace(",", ",\n\t"))).isEqualTo(yaml);
        assertThat(Policy.parse(yaml.toYaml())).isEqualTo(yaml).hasSameHashCodeAs(yaml);
    }

    @Test
    void readsAFileWithCommentsAndAByteOrderMark() throws IOException {
        Path file = Files.writeString(directory.resolve("paybond.policy.yaml"), "\uFEFF# ours\n" + TRAVEL);
        assertThat(Policy.parse(file).name()).isEqualTo("travel-agent-v1");
    }

    @Test
    void readsCommentsAfterValuesAndListsAtTheIndentOfTheirName() {
        String text = altered("max_spend_usd: 200", "max_spend_usd: 200 # a month")
                .replace(
                        "  allowed_tools: [travel.book_hotel]",
                        "  allowed_tools: # the only one\n  - travel.book_hotel");
        assertThat(Policy.parse(text)).isEqualTo(Policy.parse(TRAVEL));
    }

    @Test
    void namesTheLineAndColumnOfAnUnknownName() {
        PolicyException refused = refusal(altered("    max_spend_cents: 20000", "    max_spend: 20000"));
        assertThat(refused.code()).isEqualTo("policy.unknown_key");
        assertThat(refused.path()).isEqualTo("/tools/travel.book_hotel/max_spend");
        assertThat(refused.line()).isEqualTo(7);
        assertThat(refused.column()).isEqualTo(5);
        assertThat(refused)
                .hasMessage(
                        "7:5: policy.unknown_key: /tools/travel.book_hotel/max_spend: the schema has no such name here");
    }

    @Test
    void namesEveryIssueOfAWellFormedText() {
        PolicyException refused = refusal(
                altered("side_effecting: true", "side_effecting: \"yes\"").replace("version_seq: 3", "version_seq: 0"));
        assertThat(refused.issues())
                .extracting(PolicyIssue::code, PolicyIssue::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("policy.wrong_type", 6),
                        org.assertj.core.groups.Tuple.tuple("policy.invalid_value", 14));
        assertThat(refused).hasMessageEndingWith("(and 1 more)");
    }

    @Test
    void doesNotDropTheRestAfterAWronglyIndentedLine() {
        assertThat(refusal(altered("  allowed_tools:", " allowed_tools:")).code())
                .isEqualTo("policy.syntax");
    }

    @Test
    void refusesANameThatStandsTwiceInsteadOfTakingTheLast() {
        PolicyException refused = refusal(altered("tools:\n  travel", "default_deny: false\ntools:\n  travel"));
        assertThat(refused.code()).isEqualTo("policy.duplicate_key");
        assertThat(refused.path()).isEqualTo("/default_deny");
        assertThat(refused.line()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_spend_cents: &cap 20000 | policy.alias",
                "max_spend_cents: *cap | policy.alias",
                "max_spend_cents: !!int \"20000\" | policy.tag",
                "max_spend_cents: !java.net.URL 20000 | policy.tag",
                "? [max_spend_cents] : 20000 | policy.key_invalid",
                "<<: {max_spend_cents: 20000} | policy.key_invalid",
                "1: 20000 | policy.key_invalid",
                "max_spend_cents: .inf | policy.number_invalid",
                "max_spend_cents: -.5 | policy.wrong_type",
                "max_spend_cents: 20_000 | policy.wrong_type",
                "max_spend_cents: '20000' | policy.wrong_type",
                "max_spend_cents: ~ | policy.wrong_type",
                "max_spend_cents: null | policy.wrong_type",
                "max_spend_cents: -1 | policy.invalid_value",
                "max_spend_cents: 1.5 | policy.invalid_value",
                "max_spend_cents: 9007199254740992 | policy.invalid_value",
                "max_spend_cents: 1e400 | policy.invalid_value",
            })
    void refusesATrickOfYaml(String line, String code) {
        assertThat(refusal(altered("max_spend_cents: 20000", line)).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | policy.empty",
                "'# nothing' | policy.empty",
                "[] | policy.wrong_type",
                "text | policy.wrong_type",
                "'{' | policy.syntax",
                "'a: \u0000' | policy.syntax",
                "'%TAG ! tag:example.com,2000:\n---\na: 1' | policy.tag",
            })
    void refusesWhatIsNoDocumentOfAMapping(String text, String code) {
        assertThat(refusal(text).code()).isEqualTo(code);
    }

    @Test
    void refusesASecondDocument() {
        assertThat(refusal(TRAVEL + "---\n" + TRAVEL).code()).isEqualTo("policy.multiple_documents");
    }

    @Test
    void refusesTheBillionLaughs() {
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n";
        assertThat(refusal(bomb).code()).isEqualTo("policy.alias");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void refusesDeepNestingWithoutRecursingIntoIt(String opening) {
        assertThat(refusal(opening.repeat(60_000)).code())
                .isIn("policy.too_deep", "policy.syntax", "policy.key_invalid");
        assertThat(refusal("[".repeat(33) + "]".repeat(33)).code()).isEqualTo("policy.too_deep");
    }

    @Test
    void refusesATextOfMoreThan256Kibibytes() throws IOException {
        String filled = TRAVEL + "#" + "x".repeat((256 << 10) - TRAVEL.length() - 1);
        assertThat(Policy.parse(filled)).isEqualTo(Policy.parse(TRAVEL));
        assertThat(refusal(filled + "x").code()).isEqualTo("policy.too_large");
        assertThat(refusal(TRAVEL + "#" + "é".repeat(200_000)).code()).isEqualTo("policy.too_large");
        Path file = Files.writeString(directory.resolve("large.yaml"), filled + "x");
        assertThat(refusalOf(file).code()).isEqualTo("policy.too_large");
    }

    @Test
    void refusesAFileThatIsNotUtf8OrNotThere() throws IOException {
        Path file = Files.write(directory.resolve("latin.yaml"), "name: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusalOf(file).code()).isEqualTo("policy.encoding");
        assertThat(refusalOf(directory.resolve("absent.yaml")).code()).isEqualTo("policy.unreadable");
        assertThat(refusalOf(directory).code()).isEqualTo("policy.unreadable");
    }

    @Test
    void keepsValuesAndControlCharactersOutOfMessages() {
        PolicyException wrong = refusal(altered("name: travel-agent-v1", "name: paybond_sk_live_secret SECRET"));
        assertThat(wrong).hasMessageNotContaining("SECRET");
        PolicyException name = refusal(altered("name: travel", "\"a\\nb\": 1\nname: travel"));
        assertThat(name.code()).isEqualTo("policy.key_invalid");
        assertThat(name.getMessage().lines()).hasSize(1);
    }

    private static PolicyException refusalOf(Path file) {
        return catchThrowableOfType(PolicyException.class, () -> Policy.parse(file));
    }
}
