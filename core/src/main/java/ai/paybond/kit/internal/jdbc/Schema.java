package ai.paybond.kit.internal.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.regex.Pattern;

/** The tables of a journal, the same in every store. */
final class Schema {
    /** What this kit writes; a store of any other version is refused. Indexes are not counted: any version may have them. */
    static final int VERSION = 1;

    /** Where scripts are for those who look for them by name. */
    static final String LOCATION = "classpath:ai/paybond/kit/internal/jdbc";

    private static final Pattern BETWEEN_STATEMENTS = Pattern.compile(";\\s*");

    private Schema() {}

    static void create(Connection connection) throws SQLException {
        run(connection, "V1__call_journal.sql");
    }

    /** Adds the indexes that a store of an older kit lacks. */
    static void index(Connection connection) throws SQLException {
        run(connection, "V2__work_per_delivery.sql");
    }

    private static void run(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : BETWEEN_STATEMENTS.split(script(name), 0)) {
                statement.execute(sql);
            }
        }
    }

    private static String script(String name) {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
