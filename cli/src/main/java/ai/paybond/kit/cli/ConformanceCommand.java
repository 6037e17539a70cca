package ai.paybond.kit.cli;

import ai.paybond.kit.nevermined.conformance.NeverminedConformance;
import ai.paybond.kit.paegents.conformance.PaegentsConformance;
import ai.paybond.kit.wire.conformance.ConformanceReport;
import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.conformance.ConformanceSuite;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs test vectors of one's own through the library. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = {
            "Runs every vector file (*.json) of a directory through the library's public API.",
            "Exit status: 0 all equal, 1 a mismatch, 2 a file that is not covered or cannot be read."
        })
final class ConformanceCommand implements Callable<Integer> {

    private static final List<Suite> SUITES = List.of(
            new Suite(ConformanceSuite.knownFiles(), ConformanceSuite::run),
            new Suite(NeverminedConformance.knownFiles(), NeverminedConformance::run),
            new Suite(PaegentsConformance.knownFiles(), PaegentsConformance::run));

    /** The vector files of one module. */
    private record Suite(Set<String> files, BiFunction<String, JsonObject, ConformanceReport> runner) {}

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory with vector files.")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES} (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    private final List<ConformanceReport> reports = new ArrayList<>();
    private final List<String> notCovered = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (Path file : vectorFiles()) {
            run(file);
        }
        if (reports.isEmpty() && notCovered.isEmpty()) {
            throw new IOException("no *.json file in " + directory);
        }
        if (format == OutputFormat.JSON) {
            out.println(asJson().toJson());
        } else {
            print(out);
        }
        out.flush();
        return status();
    }

    private List<Path> vectorFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.json")) {
            found.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    private void run(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Optional<Suite> suite =
                SUITES.stream().filter(known -> known.files().contains(name)).findFirst();
        if (suite.isEmpty()) {
            notCovered.add(name);
            return;
        }
        spec.commandLine().getErr().println("conformance: " + name);
        // Vectors exercise what strict parsing refuses, duplicate names among it.
        JsonValue content = JsonValue.parse(Files.readString(file), JsonLimits.lenient());
        if (!(content instanceof JsonObject object)) {
            throw new IOException(name + " is not a JSON object");
        }
        reports.add(suite.get().runner().apply(name, object));
    }

    private void print(PrintWriter out) {
        for (ConformanceReport report : reports) {
            out.println(report.fileName() + ": " + report.passed() + " of " + report.total());
            for (Outcome mismatch : report.mismatches()) {
                out.println(
                        "  " + mismatch.entry() + ": expected " + mismatch.expected() + ", got " + mismatch.actual());
            }
            for (Outcome departure : report.departures()) {
                out.println("  " + departure.entry() + ": refused on purpose: " + departure.departure());
            }
        }
        notCovered.forEach(name -> out.println(name + ": not covered"));
        out.println("total: " + passed() + " of " + total() + " in " + reports.size() + " files, " + notCovered.size()
                + " not covered");
    }

    private JsonObject asJson() {
        return JsonObject.builder()
                .put(
                        "files",
                        reports.stream().map(ConformanceCommand::fileAsJson).toList())
                .put("not_covered", notCovered)
                .put("passed", passed())
                .put("total", total())
                .build();
    }

    private static Map<String, Object> fileAsJson(ConformanceReport report) {
        List<Map<String, Object>> mismatches = new ArrayList<>();
        for (Outcome outcome : report.mismatches()) {
            mismatches.add(
                    Map.of("entry", outcome.entry(), "expected", outcome.expected(), "actual", outcome.actual()));
        }
        List<Map<String, Object>> departures = new ArrayList<>();
        for (Outcome outcome : report.departures()) {
            departures.add(Map.of("entry", outcome.entry(), "reason", outcome.departure()));
        }
        return Map.of(
                "file", report.fileName(),
                "passed", report.passed(),
                "total", report.total(),
                "mismatches", mismatches,
                "departures", departures);
    }

    private int passed() {
        return reports.stream().mapToInt(ConformanceReport::passed).sum();
    }

    private int total() {
        return reports.stream().mapToInt(ConformanceReport::total).sum();
    }

    private int status() {
        if (passed() < total()) {
            return 1;
        }
        return notCovered.isEmpty() ? 0 : 2;
    }
}
