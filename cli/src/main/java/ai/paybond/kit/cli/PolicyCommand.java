package ai.paybond.kit.cli;

import ai.paybond.kit.policy.Guardrail;
import ai.paybond.kit.policy.Loosening;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyChange;
import ai.paybond.kit.policy.PolicyException;
import ai.paybond.kit.policy.PolicyInheritance;
import ai.paybond.kit.policy.PolicyIssue;
import ai.paybond.kit.policy.PolicyPreset;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks, compares, merges and starts policy files. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks policy files, compares them, merges overlays, and writes new ones.")
final class PolicyCommand {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Says whether a policy file is valid; an overlay together with its base.",
                "Every issue is printed as FILE:LINE:COLUMN: CODE: PATH: MESSAGE.",
                "Exit status: 0 valid, 1 invalid."
            })
    int check(
            @Parameters(paramLabel = "FILE", description = "The policy; - for standard input.") Path file,
            @Mixin PolicyReading reading,
            @Mixin PolicyOutput output)
            throws IOException {
        try {
            Policy policy = reading.read(file);
            output.print(
                    spec,
                    report(policy).put("issues", List.of()).build(),
                    List.of("VALID " + policy.versionLabel() + " " + policy.digest()));
            return 0;
        } catch (PolicyException e) {
            return invalid(file, e.issues(), output);
        }
    }

    private static JsonObject.Builder report(Policy policy) {
        return JsonObject.builder()
                .put("valid", true)
                .put("name", policy.name())
                .put("version_label", policy.versionLabel())
                .put("digest", policy.digest());
    }

    private int invalid(Path file, List<PolicyIssue> issues, PolicyOutput output) {
        JsonObject json = JsonObject.builder()
                .put("valid", false)
                .put("file", file.toString())
                .put("issues", issues.stream().map(PolicyCommand::asJson).toList())
                .build();
        List<String> lines = issues.stream().map(issue -> file + ":" + issue).toList();
        output.print(spec, json, lines);
        return 1;
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

    @Command(
            name = "effective",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the policy that is in force: an overlay merged with its base, under the given guardrails.",
                "Exit status: 0 printed, 1 invalid."
            })
    int effective(
            @Parameters(paramLabel = "FILE", description = "The policy; - for standard input.") Path file,
            @Mixin PolicyReading reading,
            @Mixin PolicyOutput output)
            throws IOException {
        try {
            Policy policy = reading.read(file);
            List<String> applied = policy.inheritance()
                    .map(PolicyInheritance::overridesApplied)
                    .orElse(List.of());
            List<String> lines = new ArrayList<>();
            lines.add("# " + policy.versionLabel() + " " + policy.digest());
            applied.forEach(path -> lines.add("# overridden: " + path));
            policy.toYaml().lines().forEach(lines::add);
            JsonObject json = report(policy)
                    .put("origin", policy.origin().name().toLowerCase(Locale.ROOT))
                    .put("overrides_applied", applied)
                    .put("policy", policy.document())
                    .build();
            output.print(spec, json, lines);
            return 0;
        } catch (PolicyException e) {
            return invalid(file, e.issues(), output);
        }
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = {
                "Says where a policy allows more than another. A change that cannot be ordered counts as looser.",
                "Exit status: 0 at most as loose, 1 looser or invalid."
            })
    int diff(
            @Parameters(paramLabel = "OLD", description = "The policy before.") Path old,
            @Parameters(paramLabel = "NEW", description = "The policy after.") Path changed,
            @Mixin PolicyReading reading,
            @Mixin PolicyOutput output)
            throws IOException {
        Path file = old;
        try {
            Policy before = reading.readToCompare(old);
            file = changed;
            Policy after = reading.readToCompare(changed);
            return compared(before, after, PolicyChange.between(before, after), output);
        } catch (PolicyException e) {
            return invalid(file, e.issues(), output);
        }
    }

    private int compared(Policy before, Policy after, PolicyChange change, PolicyOutput output) {
        List<String> lines = new ArrayList<>();
        change.loosenings().forEach(it -> lines.add("LOOSER " + it.kind() + " " + it.path()));
        if (change.isTightening()) {
            lines.add(change.documentChanged() ? "NOT LOOSER" : "UNCHANGED");
        }
        JsonObject json = JsonObject.builder()
                .put("changed", change.documentChanged())
                .put("looser", !change.isTightening())
                .put("old_digest", before.digest())
                .put("new_digest", after.digest())
                .put(
                        "loosenings",
                        change.loosenings().stream().map(PolicyCommand::asJson).toList())
                .build();
        output.print(spec, json, lines);
        return change.isTightening() ? 0 : 1;
    }

    private static JsonObject asJson(Loosening loosening) {
        return JsonObject.builder()
                .put("kind", loosening.kind().name())
                .put("path", loosening.path())
                .build();
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
            @Option(names = "--output", paramLabel = "FILE", description = "Default: standard output.") @Nullable Path file,
            @Option(
                            names = "--guardrail",
                            paramLabel = "GUARDRAIL",
                            converter = PolicyReading.GuardrailName.class,
                            description = "Tightens the preset, such as strict or max-spend-usd:25; may be repeated.")
                    @Nullable List<Guardrail> guardrails,
            @Mixin PolicyOutput output)
            throws IOException {
        Policy policy = PolicyReading.under(PolicyPreset.ofId(preset).policy(), guardrails);
        String text = output.isJson() ? policy.document().toJson() + "\n" : policy.toYaml();
        PrintWriter out = spec.commandLine().getOut();
        if (file == null) {
            out.print(text);
        } else {
            write(file, text);
            out.println("wrote " + file);
        }
        out.flush();
        return 0;
    }

    private static void write(Path file, String text) throws IOException {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already", e);
        }
    }
}
