package ai.paybond.kit.cli;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command answers. */
final class PolicyOutput {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "${COMPLETION-CANDIDATES} (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    boolean isJson() {
        return format == OutputFormat.JSON;
    }

    void print(CommandSpec spec, JsonObject json, List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson()) {
            out.println(json.toJson());
        } else {
            lines.forEach(out::println);
        }
        out.flush();
    }
}
