package ai.paybond.kit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables of {@code docs/benchmarks.md}, in Markdown. What was not measured is left blank. */
final class Tables {

    private static final List<String> BLOCKS = List.of("0", "1", "3", "8");
    private static final List<String> SIZES = List.of("200", "4096", "262144");
    private static final List<String> THREADS = List.of("1", "8", "64");
    private static final List<String> ENGINES = List.of("EDDSA", "BOUNCY_CASTLE", "CORRETTO", "JDK");
    private static final String MEDIAN = "p50_us";
    private static final String RATE = "per_second";
    private static final String BUSY = "busy_ms_per_op";

    private final Report report;
    private final StringBuilder out = new StringBuilder();

    private Tables(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        Tables tables = new Tables(report);
        tables.line(report.machine() + "; begun " + report.date() + (report.thorough() ? "" : "; short form") + ".");
        tables.capability();
        tables.signatures();
        tables.evidence();
        tables.guard();
        tables.http();
        tables.connections();
        tables.growth();
        tables.fleet();
        return tables.out.toString();
    }

    private void capability() {
        head("capability", "Median µs, (ratio to plain biscuit-java)", BLOCKS, " blocks");
        for (String step : List.of("parseAndVerify", "cold")) {
            row(
                    "biscuit-java, " + step,
                    BLOCKS,
                    blocks -> figure("PlainBiscuitBenchmark." + step, Map.of("blocks", blocks)));
            for (String engine : List.of("eddsa", "bouncy_castle", "corretto")) {
                row(
                        "kit, " + step + ", " + engine,
                        BLOCKS,
                        blocks -> beside(
                                value(
                                        "CapabilityBenchmark." + step,
                                        Map.of("blocks", blocks, "engine", engine),
                                        MEDIAN),
                                value("PlainBiscuitBenchmark." + step, Map.of("blocks", blocks), MEDIAN)));
            }
        }
        row(
                "biscuit-java, authorize alone",
                BLOCKS,
                blocks -> figure("PlainBiscuitBenchmark.authorizeAlone", Map.of("blocks", blocks)));
        row(
                "kit, repeated token",
                BLOCKS,
                blocks -> beside(
                        value("CapabilityBenchmark.repeated", Map.of("blocks", blocks), MEDIAN),
                        value("PlainBiscuitBenchmark.cold", Map.of("blocks", blocks), MEDIAN)));
        for (String engine : List.of("BOUNCY_CASTLE", "CORRETTO")) {
            row(
                    "floor: bare verifications, " + engine,
                    BLOCKS,
                    blocks -> beside(
                            value("SignatureFloorBenchmark.verify", Map.of("engine", engine), MEDIAN)
                                    .map(one -> one * (Integer.parseInt(blocks) + 1)),
                            value("PlainBiscuitBenchmark.cold", Map.of("blocks", blocks), MEDIAN)));
        }
        row(
                "biscuit-java, cold, bytes allocated",
                BLOCKS,
                blocks -> bytes("PlainBiscuitBenchmark.cold", Map.of("blocks", blocks)));
        row(
                "kit, cold, bytes allocated",
                BLOCKS,
                blocks -> bytes("CapabilityBenchmark.cold", Map.of("blocks", blocks, "engine", "bouncy_castle")));
        row(
                "kit, repeated, bytes allocated",
                BLOCKS,
                blocks -> bytes("CapabilityBenchmark.repeated", Map.of("blocks", blocks, "engine", "bouncy_castle")));
    }

    private void signatures() {
        head("capability", "One signature, median µs", ENGINES, "");
        for (String step : List.of("verify", "decode", "decodeAndVerify", "signOnce")) {
            row(step, ENGINES, engine -> figure("SignatureFloorBenchmark." + step, Map.of("engine", engine)));
        }
    }

    private void evidence() {
        head("evidence", "Median µs", SIZES, " bytes");
        for (String step :
                List.of("canonicalise", "readAndCanonicalise", "canonicaliseByErdtman", "digest", "digestBySha256")) {
            row(step, SIZES, size -> figure("EvidenceBenchmark." + step, Map.of("bytes", size)));
        }
        for (String engine : ENGINES) {
            row(
                    "sign, " + engine,
                    SIZES,
                    size -> figure("SigningBenchmark.sign", Map.of("bytes", size, "engine", engine)));
        }
    }

    private void guard() {
        head("guard", "Calls per second, (median µs)", THREADS, " threads");
        for (String step : List.of("langchain4jBare", "springAiBare")) {
            row(
                    step,
                    THREADS,
                    threads -> rate("GuardedCallBenchmark." + step, Map.of("threads", threads, "journal", "MEMORY")));
        }
        for (String journal : List.of("MEMORY", "FILE", "POSTGRESQL")) {
            for (String step : List.of("appends", "core", "langchain4j", "springAi")) {
                row(
                        step + ", journal " + journal.toLowerCase(Locale.ROOT),
                        THREADS,
                        threads ->
                                rate("GuardedCallBenchmark." + step, Map.of("threads", threads, "journal", journal)));
            }
        }
    }

    private void http() {
        List<String> agents = List.of("1", "16", "64");
        head("http", "Calls per second, median µs, 99th percentile µs", agents, " agents");
        for (String step : List.of("spend", "wholeRun")) {
            row(step, agents, number -> {
                Map<String, String> params = Map.of("threads", number);
                String benchmark = "WholeCallBenchmark." + step;
                return print(value(benchmark, params, RATE)) + ", " + print(value(benchmark, params, MEDIAN)) + ", "
                        + print(value(benchmark, params, "p99_us"));
            });
        }
    }

    private void connections() {
        List<String> callers = List.of("1", "16", "64");
        head("http", "Requests of 1 kB per second, (median µs)", callers, " callers");
        for (ConnectionBenchmark.Kept kept : ConnectionBenchmark.Kept.values()) {
            row(
                    kept.description(),
                    callers,
                    number -> rate("ConnectionBenchmark.request", Map.of("threads", number, "kept", kept.name())));
        }
    }

    private void growth() {
        List<String> rows = List.of("1", "1000", "1000000");
        head("growth", "Median µs of a call", rows, " journaled calls");
        for (String journal : List.of("FILE", "POSTGRESQL")) {
            row(
                    journal.toLowerCase(Locale.ROOT),
                    rows,
                    number -> figure("GrownJournalBenchmark.call", Map.of("rows", number, "journal", journal)));
        }
        List<String> backlog = List.of("0", "1000", "20000");
        head("growth", "Median µs of a call, journal in memory", backlog, " undelivered calls");
        row("guarded call", backlog, number -> figure("BacklogBenchmark.call", Map.of("backlog", number)));
        List<String> runs = List.of("1", "1000", "10000");
        head("growth", "Beside other open runs", runs, " open runs");
        row("median µs of a call", runs, number -> figure("OpenRuns.call", Map.of("open_runs", number)));
        row(
                "bytes held by a run",
                runs,
                number -> print(value("OpenRuns.call", Map.of("open_runs", number), "bytes_per_run")));
    }

    private void fleet() {
        List<String> processes = List.of("1", "2", "4");
        head("fleet", "Calls per second, 8 threads in each process", processes, " processes");
        row("guarded calls", processes, number -> print(value("Fleet.calls", Map.of("processes", number), RATE)));
        row(
                "milliseconds that a call keeps its process's processors busy",
                processes,
                number -> print(value("Fleet.calls", Map.of("processes", number), BUSY)));
    }

    private interface Cell {
        String of(String column);
    }

    private void head(String suite, String title, List<String> columns, String unit) {
        line("");
        line("`./paybond bench " + suite + " --long`");
        line("");
        List<String> cells = new ArrayList<>(List.of(title));
        columns.forEach(column -> cells.add(column + unit));
        line("| " + String.join(" | ", cells) + " |");
        line("|" + "---|".repeat(cells.size()));
    }

    private void row(String name, List<String> columns, Cell cell) {
        List<String> cells = new ArrayList<>(List.of(name));
        columns.forEach(column -> cells.add(cell.of(column)));
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private Optional<Double> value(String benchmark, Map<String, String> params, String name) {
        return report.value(benchmark, params, name);
    }

    private String figure(String benchmark, Map<String, String> params) {
        return print(value(benchmark, params, MEDIAN));
    }

    private String bytes(String benchmark, Map<String, String> params) {
        return print(value(benchmark, params, "bytes_per_op"));
    }

    private String rate(String benchmark, Map<String, String> params) {
        return print(value(benchmark, params, RATE)) + " (" + print(value(benchmark, params, MEDIAN)) + ")";
    }

    private static String beside(Optional<Double> value, Optional<Double> reference) {
        return value.isPresent() && reference.isPresent()
                ? String.format(Locale.ROOT, "%s (%.2f)", print(value), value.get() / reference.get())
                : print(value);
    }

    private static String print(Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, number < 100 ? "%.1f" : "%,.0f", number))
                .orElse("");
    }
}
