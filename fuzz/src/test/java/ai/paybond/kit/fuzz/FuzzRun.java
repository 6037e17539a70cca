package ai.paybond.kit.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one Jazzer process did.
 *
 * @param coverage edges of the kit's code that were reached
 * @param finding the last lines of its log when it ended early, otherwise empty
 */
record FuzzRun(Targets target, long executions, long coverage, long inputs, long seconds, String finding) {
    static final String HEADER = String.format(
            Locale.ROOT,
            "%n%-12s %12s %9s %9s %8s  %s%n",
            "target",
            "executions",
            "edges",
            "corpus",
            "seconds",
            "findings");

    private static final Pattern STATUS = Pattern.compile("#(\\d+)\\s+\\S+\\s+cov: (\\d+) ft: \\d+ corp: (\\d+)/");
    private static final String INSTRUMENTED = "ai.paybond.kit.**:org.biscuitsec.**:org.snakeyaml.**";
    private static final int HEAP_MIB = 768;
    private static final int SECONDS_OF_ONE_INPUT = 25;
    private static final int LONGEST_INPUT = 16_384;

    static FuzzRun of(Targets target, Duration duration, Path directory) throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory.resolve(target.id()).toAbsolutePath());
        Path corpus = Files.createDirectories(home.resolve("corpus"));
        Path log = home.resolve("log.txt");
        writeSeeds(target, corpus);
        long start = System.nanoTime();
        int exit = new ProcessBuilder(command(target, duration, corpus, home))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        return read(target, log, Duration.ofNanos(System.nanoTime() - start).toSeconds(), exit);
    }

    private static void writeSeeds(Targets target, Path corpus) throws IOException {
        int number = 0;
        for (byte[] seed : target.make().seeds()) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }
    }

    private static List<String> command(Targets target, Duration duration, Path corpus, Path home) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-Djava.io.tmpdir=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "-Dfuzz.target=" + target.id(),
                "-Dpaybond.root="
                        + Path.of(System.getProperty("paybond.root", "..")).toAbsolutePath()));
        command.addAll(List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--instrumentation_includes=" + INSTRUMENTED,
                "--custom_hook_includes=" + INSTRUMENTED,
                "--instrumentation_excludes=ai.paybond.kit.fuzz.**",
                // connecting to loopback is what some targets are for
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                "--reproducer_path=" + home,
                "-artifact_prefix=" + home + "/",
                "-max_total_time=" + duration.toSeconds(),
                "-timeout=" + SECONDS_OF_ONE_INPUT,
                "-max_len=" + LONGEST_INPUT,
                "-rss_limit_mb=3000",
                "-use_value_profile=1",
                "-print_final_stats=1",
                corpus.toString()));
        return command;
    }

    private static FuzzRun read(Targets target, Path log, long seconds, int exit) throws IOException {
        long executions = 0;
        long coverage = 0;
        long inputs = 0;
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        for (String line : lines) {
            Matcher status = STATUS.matcher(line);
            if (status.find()) {
                executions = Long.parseLong(status.group(1));
                coverage = Long.parseLong(status.group(2));
                inputs = Long.parseLong(status.group(3));
            }
        }
        String finding =
                exit == 0 ? "" : String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        return new FuzzRun(target, executions, coverage, inputs, seconds, finding);
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-12s %12d %9d %9d %8d  %s%n",
                target.id(),
                executions,
                coverage,
                inputs,
                seconds,
                finding.isEmpty() ? "none" : "see its log");
    }
}
