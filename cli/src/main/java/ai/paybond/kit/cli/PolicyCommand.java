package ai.paybond.kit.cli;

import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyException;
import ai.paybond.kit.policy.PolicyIssue;
import ai.paybond.kit.policy.PolicyParser;
import ai.paybond.kit.policy.PolicyPreset;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks and starts policy files. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks policy files and writes new ones.")
final class PolicyCommand {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {"Says whether a policy file is valid.", "Exit status: 0 valid, 1 invalid."})
    int check(
            @Parameters(paramLabel = "FILE", description = "The policy; - for standard input.") Path file,
            @Option(names = "--strict", description = "Also refuse purchases that intent.allowed_tools leaves out.")
                    boolean strict,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "TEXT",
                            description = "${COMPLETION-CANDIDATES} (default: text).")
                    OutputFormat format)
            throws IOException {
        PolicyParser parser = strict ? PolicyParser.standard().strict() : PolicyParser.standard();
        try {
            Policy policy = file.toString().equals("-") ? parser.parse(InputFile.text(file)) : parser.parse(file);
            valid(policy, format);
            return 0;
        } catch (PolicyException e) {
            invalid(file, e.issues(), format);
            return 1;
        }
    }

    private void valid(Policy policy, OutputFormat format) {
        print(
                format,
                JsonObject.builder()
                        .put("valid", true)
                        .put("name", policy.name())
                        .put("version_label", policy.versionLabel())
                        .put("digest", policy.digest())
                        .put("issues", List.of())
                        .build(),
                List.of("VALID " + policy.versionLabel() + " " + policy.digest()));
    }

    private void invalid(Path file, List<PolicyIssue> issues, OutputFormat format) {
        JsonObject json = JsonObject.builder()
                .put("valid", false)
                .put("issues", issues.stream().map(PolicyCommand::asJson).toList())
                .build();
        List<String> lines = issues.stream().map(issue -> file + ":" + issue).toList();
        print(format, json, lines);
    }

    private static JsonObject asJson(PolicyIssue issue) {
        return JsonObject.builder()
                .put("code", issue.code())
                .put("path", issue.path())
                .put("line", issue.line())
                .put("column", issue.column())
                .put("message", issue.message())
                .build();
    }

    private void print(OutputFormat format, JsonObject json, List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(json.toJson());
        } else {
            lines.forEach(out::println);
        }
        out.flush();
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = {
                "Writes a policy to start from. Never overwrites a file.",
                "Presets: travel, shopping, saas, aws, stripe-commerce, strict, read-only."
            })
    int init(
            @Parameters(paramLabel = "PRESET", description = "The preset's name.") String preset,
            @Option(names = "--output", paramLabel = "FILE", description = "Default: standard output.") @Nullable Path output)
            throws IOException {
        String yaml = PolicyPreset.ofId(preset).policy().toYaml();
        PrintWriter out = spec.commandLine().getOut();
        if (output == null) {
            out.print(yaml);
        } else {
            write(output, yaml);
            out.println("wrote " + output);
        }
        out.flush();
        return 0;
    }

    private static void write(Path output, String yaml) throws IOException {
        try {
            Files.write(output, yaml.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(output + " is there already", e);
        }
    }
}
