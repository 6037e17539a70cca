package ai.paybond.kit.cli;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.wire.ed25519.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say which journal is meant. */
final class JournalSource {

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Place place;

    @Option(
            names = "--record-key",
            paramLabel = "FILE",
            description = {
                "A file with the 64 hex digits of the seed that signs the journal's record.",
                "Only to change a journal that keeps one."
            })
    private @Nullable Path recordKey;

    private static final class Place {
        @Option(names = "--file", paramLabel = "FILE", description = "The journal's file.")
        private @Nullable Path file;

        @ArgGroup(exclusive = false)
        private @Nullable Server server;
    }

    private static final class Server {
        @Option(
                names = "--url",
                required = true,
                paramLabel = "URL",
                description = {
                    "The journal's database, jdbc:postgresql://HOST:PORT/NAME.",
                    "User and password are taken from PGUSER and PGPASSWORD."
                })
        @SuppressWarnings("NullAway.Init")
        private String url;

        @Option(names = "--schema", defaultValue = "paybond", description = "Default: ${DEFAULT-VALUE}.")
        @SuppressWarnings("NullAway.Init")
        private String schema;
    }

    /** The journal, which must be there already. */
    CallJournal open() throws IOException {
        SigningKey key = recordKey == null
                ? null
                : SigningKey.fromSeedHex(Files.readString(recordKey).strip());
        if (place.file != null) {
            return inFile(place.file, key);
        }
        if (place.server == null) {
            throw new IllegalStateException("no journal is named");
        }
        return inPostgresql(place.server, key);
    }

    private static CallJournal inFile(Path file, @Nullable SigningKey key) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no journal " + file);
        }
        return key == null ? CallJournals.file(file) : CallJournals.file(file, key);
    }

    private static CallJournal inPostgresql(Server server, @Nullable SigningKey key) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url);
        source.setUser(System.getenv("PGUSER"));
        source.setPassword(System.getenv("PGPASSWORD"));
        PostgresqlOptions options = new PostgresqlOptions(server.schema, false);
        return key == null ? CallJournals.postgresql(source, options) : CallJournals.postgresql(source, options, key);
    }
}
