package ai.paybond.kit.cli;

import ai.paybond.kit.cli.chaos.Chaos;
import ai.paybond.kit.cli.chaos.KillTable;
import ai.paybond.kit.cli.soak.Soak;
import ai.paybond.kit.cli.soak.SoakReport;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kills agents and looks at what is left. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Runs guarded calls in processes of their own against an embedded sandbox and kills each with SIGKILL, at every",
            "boundary of a call's states and at random. After each kill a successor carries on, and journal, tool and sandbox",
            "are held against each other: no evidence lost or doubled, no tool run twice, no spend released for a tool that",
            "ran, in doubt exactly where the outcome is not known. A kill takes about a second.",
            "With --soak nothing is killed: guarded calls are made for that long, and threads, descriptors and heap are",
            "watched, which must not grow once everything is warm.",
            "Exit status: 0 when everything held, 1 when anything did not."
        })
final class ChaosCommand implements Callable<Integer> {
    private static final int PROGRESS_EVERY = 10;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "200", description = "How many (default: 200).")
    private int kills;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "For the random kills (default: 1).")
    private long seed;

    @Option(
            names = "--soak",
            paramLabel = "TIME",
            converter = LengthOfTime.class,
            description = "Soaks for so long instead, such as 90s, 60m or 2h.")
    private @Nullable Duration soak;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "60",
            description = "How often a soak looks, 8 or more (default: 60).")
    private int samples;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Keeps the journal and the agents' log here (default: kept only when something did not hold).")
    private @Nullable Path directory;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (kills < 1) {
            throw new ParameterException(spec.commandLine(), "--kills must be at least 1");
        }
        if (soak != null && samples < SoakReport.FEWEST_SAMPLES) {
            throw new ParameterException(spec.commandLine(), "--samples must be at least " + SoakReport.FEWEST_SAMPLES);
        }
        PrintWriter err = spec.commandLine().getErr();
        if (directory != null) {
            return run(Files.createDirectories(directory), err);
        }
        Path passing = Files.createTempDirectory("paybond-chaos");
        int status = run(passing, err);
        if (status == 0) {
            delete(passing);
        } else {
            err.println("chaos: the journal and the log are in " + passing);
        }
        return status;
    }

    private int run(Path where, PrintWriter err) throws IOException, InterruptedException {
        return soak == null ? kill(where, err) : soak(where, soak, err);
    }

    private int kill(Path where, PrintWriter err) throws IOException, InterruptedException {
        try (Chaos chaos = new Chaos(where, seed)) {
            KillTable table = chaos.run(kills, kill -> progress(err, kill));
            print(table.toText(), table.toJson());
            table.violations().forEach(violation -> err.println("chaos: " + violation));
            return table.violations().isEmpty() ? 0 : 1;
        }
    }

    private int soak(Path where, Duration length, PrintWriter err) throws IOException, InterruptedException {
        SoakReport report = new Soak(where).run(length, samples, sample -> {
            err.println("chaos: " + sample);
            err.flush();
        });
        print(report.toText(), report.toJson());
        report.violations().forEach(violation -> err.println("chaos: " + violation));
        return report.violations().isEmpty() ? 0 : 1;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void progress(PrintWriter err, int kill) {
        if (kill % PROGRESS_EVERY == 0) {
            err.println("chaos: " + kill + " of " + kills);
            err.flush();
        }
    }

    private void print(String text, JsonObject json) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(json.toJson());
        } else {
            out.print(text);
        }
        out.flush();
    }
}
