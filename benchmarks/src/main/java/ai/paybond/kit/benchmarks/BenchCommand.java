package ai.paybond.kit.benchmarks;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paybond bench}, which the launcher script hands over to. Exit status: 0 done, 1 failed, 2 wrong usage. */
@Command(name = "paybond bench", mixinStandardHelpOptions = true, description = "Measures the kit on this machine.")
public final class BenchCommand implements Callable<Integer> {

    /** How results are printed. */
    enum Format {
        TEXT,
        JSON
    }

    private final Clock clock;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "What to measure; see --list. \"all\" for all.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Lists what can be measured.")
    private boolean list;

    @Option(names = "--long", description = "Measures as long as for the page; some 20 minutes for all.")
    private boolean thorough;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES} (default: text).")
    private Format format = Format.TEXT;

    @Option(
            names = "--tables",
            paramLabel = "FILE",
            description = "Prints the tables of the page for such JSON instead.")
    private @Nullable Path tables;

    BenchCommand(Clock clock) {
        this.clock = clock;
    }

    /** Runs the command with these arguments and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Clock.systemUTC()).execute(arguments));
    }

    static CommandLine commandLine(Clock clock) {
        return new CommandLine(new BenchCommand(clock)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Arrays.stream(Suite.values())
                    .forEach(suite -> out.printf(Locale.ROOT, "%-11s %s%n", suite.text(), suite.description()));
        } else if (tables != null) {
            JsonObject report = JsonObject.parse(Files.readString(tables, StandardCharsets.UTF_8));
            out.print(Tables.of(Report.parse(report)));
        } else {
            print(measure(), out);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private Report measure() {
        List<Suite> wanted = suites();
        Effort effort = thorough ? Effort.LONG : Effort.SHORT;
        String date = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        List<Measurement> all = new ArrayList<>();
        for (Suite suite : wanted) {
            spec.commandLine().getErr().println("measuring " + suite.text());
            spec.commandLine().getErr().flush();
            all.addAll(suite.measure(effort));
        }
        return new Report(Machine.describe(), date, thorough, all);
    }

    private List<Suite> suites() {
        if (names.equals(List.of("all"))) {
            return List.of(Suite.values());
        }
        if (names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing NAME; see --list");
        }
        return names.stream().map(this::suite).toList();
    }

    private Suite suite(String name) {
        return Arrays.stream(Suite.values())
                .filter(suite -> suite.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "Nothing called " + name + " can be measured; see --list"));
    }

    private void print(Report report, PrintWriter out) {
        if (format == Format.JSON) {
            out.println(report.toJson().toJson());
            return;
        }
        for (Measurement measurement : report.measurements()) {
            out.printf(Locale.ROOT, "%-36s %-52s", measurement.benchmark(), measurement.params());
            measurement.values().forEach((name, value) -> out.printf(Locale.ROOT, " %s=%.1f", name, value));
            out.println();
        }
    }
}
