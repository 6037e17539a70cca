package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code policy diff}, {@code policy effective} and the options that they share with {@code policy check}. */
class PolicyCompareTest {

    @TempDir
    private Path directory;

    private Path policy;

    @BeforeEach
    void write() {
        policy = directory.resolve("base.yaml");
        Run.of("policy", "init", "travel", "--output", policy.toString());
    }

    @Test
    void saysWhereAPolicyIsLooser() throws IOException {
        Path looser = changed("max_spend_cents: 20000", "max_spend_cents: 20001");

        Run run = Run.of("policy", "diff", policy.toString(), looser.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("LOOSER CEILING_RAISED /tools/travel.book_hotel/max_spend_cents\n");
        Run back = Run.of("policy", "diff", looser.toString(), policy.toString());
        assertThat(back.status()).isZero();
        assertThat(back.out()).isEqualTo("NOT LOOSER\n");
        assertThat(Run.of("policy", "diff", policy.toString(), policy.toString())
                        .out())
                .isEqualTo("UNCHANGED\n");
    }

    @Test
    void comparesAPolicyThatIsOpenByDefault() throws IOException {
        Run run = Run.of(
                "policy",
                "diff",
                policy.toString(),
                changed("default_deny: true", "default_deny: false").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("LOOSER DEFAULT_DENY_OFF /default_deny\n");
    }

    @Test
    void saysTheSameAsJson() throws IOException {
        Path looser = changed("max_spend_cents: 20000", "max_spend_cents: 20001");
        Run run = Run.of("policy", "diff", "--format", "json", policy.toString(), looser.toString());
        JsonObject answer = JsonObject.parse(run.out().strip());
        assertThat(answer.bool("looser")).contains(true);
        assertThat(answer.array("loosenings").orElseThrow().toJson())
                .isEqualTo("[{\"kind\":\"CEILING_RAISED\",\"path\":\"/tools/travel.book_hotel/max_spend_cents\"}]");
    }

    @Test
    void namesTheFileThatIsNotValid() throws IOException {
        Path broken = changed("default_deny: true", "default_deny: 1");
        Run run = Run.of("policy", "diff", policy.toString(), broken.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).startsWith(broken + ":3:1: policy.wrong_type");
    }

    @Test
    void printsTheEffectivePolicyOfAnOverlay() throws IOException {
        Run run = Run.of("policy", "effective", overlay(directory, 15_000).toString());
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("# acme-paris@")
                .contains("# overridden: /tools/travel.book_hotel/max_spend_cents")
                .contains("max_spend_cents: 15000")
                .doesNotContain("extends");
        Path merged = Files.writeString(directory.resolve("merged.yaml"), run.out());
        assertThat(Run.of("policy", "diff", policy.toString(), merged.toString())
                        .status())
                .isZero();
    }

    @Test
    void printsTheEffectivePolicyAsJson() throws IOException {
        Run run = Run.of(
                "policy",
                "effective",
                "--format",
                "json",
                overlay(directory, 15_000).toString());
        JsonObject answer = JsonObject.parse(run.out().strip());
        assertThat(answer.string("origin")).contains("effective");
        assertThat(answer.string("digest").orElseThrow()).startsWith("sha256:");
        assertThat(answer.object("policy").orElseThrow().integer("version")).contains(1L);
    }

    @Test
    void namesTheLineOfAWidening() throws IOException {
        Path overlay = overlay(directory, 20_001);
        for (String command : new String[] {"check", "effective"}) {
            Run run = Run.of("policy", command, overlay.toString());
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out())
                    .isEqualTo(overlay + ":12:7: policy.cannot_raise_spend_cap:"
                            + " /overrides/tools/travel.book_hotel/max_spend_cents: is over the base's\n");
        }
    }

    @Test
    void readsBasesFromADirectory() throws IOException {
        Path tenant = Files.createDirectory(directory.resolve("tenant"));
        String overlay = overlay(tenant, 15_000).toString();
        assertThat(Run.of("policy", "check", overlay).out()).contains("policy.base_invalid");
        assertThat(Run.of("policy", "check", "--bases", directory.toString(), overlay)
                        .status())
                .isZero();
    }

    @Test
    void putsGuardrailsOverAPolicy() {
        Run run = Run.of(
                "policy", "effective", "--guardrail", "strict", "--guardrail", "max-spend-usd:5", policy.toString());
        assertThat(run.out()).contains("max_spend_cents: 500", "max_spend_usd: 5");
        assertThat(Run.of("policy", "init", "travel", "--guardrail", "max_spend_usd_7")
                        .out())
                .contains("max_spend_cents: 700");
        assertThat(Run.of("policy", "init", "travel", "--format", "json").out()).startsWith("{\"version\":1");
    }

    @Test
    void refusesATemplateThatIsNotNamed() throws IOException {
        Path bound = changed("intent:\n", "intent:\n  policy_binding:\n    template_id: completion_budget_v1\n");
        assertThat(Run.of("policy", "check", "--template", "api_response_v1", bound.toString())
                        .out())
                .contains("policy.unknown_policy_template");
        assertThat(Run.of("policy", "check", "--template", "completion_budget_v1", bound.toString())
                        .status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit-only", "max-spend:-1"})
    void takesAnUnknownGuardrailForWrongUsage(String name) {
        Run run = Run.of("policy", "check", "--guardrail", name, policy.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("policy.guardrail_unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "init", "diff", "effective"})
    void explainsEveryCommand(String command) {
        Run run = Run.of("policy", command, "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: paybond policy " + command, "--format");
    }

    private Path changed(String old, String replacement) throws IOException {
        String text = Files.readString(policy);
        assertThat(text).contains(old);
        return Files.writeString(directory.resolve("changed.yaml"), text.replace(old, replacement));
    }

    private static Path overlay(Path directory, int cents) throws IOException {
        return Files.writeString(directory.resolve("paybond.policy.yaml"), """
                version: 2
                name: acme-paris
                default_deny: true
                extends:
                  org_policy_id: travel
                  org_id: org_acme
                  base_policy: base.yaml
                tools: {}
                overrides:
                  tools:
                    travel.book_hotel:
                      max_spend_cents: %d
                """.formatted(cents));
    }
}
