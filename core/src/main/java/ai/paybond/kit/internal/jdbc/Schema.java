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
    /** What this kit writes; a store of any other version is refused. */
    static final int VERSION = 1;

    /** Where scripts are for those who look for them by name. */
    static final String LOCATION = "classpath:ai/paybond/kit/internal/jdbc";

    private static final Pattern BETWEEN_STATEMENTS = Pattern.compile(";\\s*");

    private Schema() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : BETWEEN_STATEMENTS.split(script(), 0)) {
                statement.execute(sql);
            }
        }
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream("V1__call_journal.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
