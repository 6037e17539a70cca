package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.JournalException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The only user of Flyway; not loaded unless tables are to be made. */
final class Migrations {
    private Migrations() {}

    /** Many may run this at once: Flyway waits for the one that began. Other tables of the schema are left alone. */
    static void run(DataSource dataSource, String schema) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(dataSource)
                    .schemas(schema)
                    .table("paybond_schema_history")
                    .locations(Schema.LOCATION)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .placeholderReplacement(false)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new JournalException("journal.schema", "the journal's tables could not be made or updated", e);
        }
    }
}
