package ai.paybond.kit.cli;

import ai.paybond.kit.cli.rates.DatabaseAddress;
import ai.paybond.kit.cli.rates.JournalRates;
import ai.paybond.kit.cli.rates.Rates;
import ai.paybond.kit.cli.rates.Store;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures journals on this machine. */
@Command(
        name = "rates",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many steps of calls a journal takes in a second, and how many calls are delivered from it to an",
            "embedded sandbox, each in an empty journal of its own that is removed afterwards. A call takes three steps: before",
            "its tool runs, after it, once it is delivered. A delivery is a settled spend and accepted evidence.",
            "The figures are this machine's."
        })
final class RatesCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 64;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--journal",
            defaultValue = "SQLITE",
            paramLabel = "STORE",
            description = "memory, sqlite or postgresql (default: sqlite).")
    private Store store = Store.SQLITE;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "For postgresql: jdbc:postgresql://HOST:PORT/NAME, where a schema of its own is made and dropped.",
                "User and password are taken from PGUSER and PGPASSWORD."
            })
    private @Nullable String url;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "For sqlite: a directory on the disk to measure (default: the one of temporary files).")
    private @Nullable Path directory;

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "1,8,64",
            paramLabel = "N",
            description = "How many append, and deliver (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = List.of();

    @Option(
            names = "--seconds",
            defaultValue = "3",
            paramLabel = "N",
            description = "How long to append (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--deliveries",
            defaultValue = "200",
            paramLabel = "N",
            description = "How many calls to deliver (default: ${DEFAULT-VALUE}).")
    private int deliveries;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws Exception {
        require(seconds >= 1, "--seconds is at least 1");
        require(deliveries >= 1, "--deliveries is at least 1");
        require(
                threads.stream().allMatch(count -> count >= 1 && count <= MOST_THREADS),
                "--threads are 1 to " + MOST_THREADS);
        require((store == Store.POSTGRESQL) == (url != null), "--url goes with --journal postgresql");
        JournalRates rates = new JournalRates(store, directory, database(), Clock.systemUTC());
        List<Rates> measured = new ArrayList<>();
        for (int count : threads) {
            measured.add(rates.measure(count, Duration.ofSeconds(seconds), deliveries));
        }
        print(measured);
        return 0;
    }

    private @Nullable DatabaseAddress database() {
        return url == null ? null : new DatabaseAddress(url, System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    private void print(List<Rates> measured) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(JsonObject.builder()
                    .put("journal", store.name().toLowerCase(Locale.ROOT))
                    .put("rates", measured.stream().map(Rates::toJson).toList())
                    .build()
                    .toJson());
        } else {
            out.println(Rates.heading());
            measured.forEach(rates -> out.println(rates.line()));
        }
        out.flush();
    }

    private void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
