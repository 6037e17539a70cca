package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCommandTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"travel", "shopping", "saas", "aws", "stripe-commerce", "strict", "read-only"})
    void writesPoliciesThatItFindsValid(String preset) {
        Path file = directory.resolve("paybond.policy.yaml");
        assertThat(Run.of("policy", "init", preset, "--output", file.toString()).status())
                .isZero();

        Run check = Run.of("policy", "check", "--strict", file.toString());

        assertThat(check.status()).isZero();
        assertThat(check.out()).startsWith("VALID ").contains("-v1@", "sha256:");
    }

    @Test
    void neverOverwritesAPolicy() throws IOException {
        Path file = Files.writeString(directory.resolve("paybond.policy.yaml"), "mine");

        Run run = Run.of("policy", "init", "travel", "--output", file.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("is there already");
        assertThat(file).hasContent("mine");
    }

    @Test
    void printsAPolicyWithoutAFile() {
        assertThat(Run.of("policy", "init", "travel").out()).startsWith("version: 1\nname: travel-agent-v1\n");
    }

    @Test
    void namesTheLineOfEveryIssue() throws IOException {
        Path file = invalid();

        Run run = Run.of("policy", "check", file.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        file + ":3:1: policy.wrong_type: /default_deny: is not true or false",
                        file + ":4:1: policy.invalid_value: /tools: must not be empty");
    }

    @Test
    void saysTheSameAsJson() throws IOException {
        Run run = Run.of("policy", "check", "--format", "json", invalid().toString());

        assertThat(run.status()).isEqualTo(1);
        JsonObject answer = JsonObject.parse(run.out().strip());
        assertThat(answer.bool("valid")).contains(false);
        JsonObject issue =
                answer.array("issues").orElseThrow().objectItems().findFirst().orElseThrow();
        assertThat(issue.string("code")).contains("policy.wrong_type");
        assertThat(issue.integer("line")).contains(3L);
    }

    @Test
    void failsForAnAbsentFileOrPreset() {
        assertThat(Run.of("policy", "check", directory.resolve("absent").toString())
                        .out())
                .contains("policy.unreadable");
        Run run = Run.of("policy", "init", "casino");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("policy.unknown_preset").contains("stripe-commerce");
    }

    private Path invalid() throws IOException {
        return Files.writeString(
                directory.resolve("invalid.yaml"), "version: 1\nname: a\ndefault_deny: \"yes\"\ntools: {}\n");
    }
}
