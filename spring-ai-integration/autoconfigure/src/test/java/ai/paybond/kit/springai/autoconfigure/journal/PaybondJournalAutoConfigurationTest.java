package ai.paybond.kit.springai.autoconfigure.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.journal.JournalQuery;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

@ExtendWith(OutputCaptureExtension.class)
class PaybondJournalAutoConfigurationTest {

    private static EmbeddedPostgres postgres;

    @TempDir
    private Path directory;

    private final ApplicationContextRunner anywhere = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(PaybondJournalAutoConfiguration.class));

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    private Path file() {
        return directory.resolve("data").resolve("journal.db");
    }

    private ApplicationContextRunner application() {
        return anywhere.withPropertyValues("paybond.journal.file=" + file());
    }

    private static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:journal;MODE=PostgreSQL");
        return source;
    }

    @Test
    void keepsAFileWithItsDirectoryWhereThereIsNoDataSource() {
        application().run(context -> {
            assertWorks(context.getBean(CallJournal.class));
            assertThat(file()).isNotEmptyFile();
        });
    }

    @Test
    void opensNothingBeforeItIsAskedFor() {
        application().run(context -> {
            assertThat(context).hasSingleBean(CallJournal.class);
            assertThat(file()).doesNotExist();
        });
    }

    @Test
    void forgetsOnlyWhenToldTo() {
        application()
                .withPropertyValues("paybond.journal.type=memory")
                .run(context -> assertThat(context.getBean(CallJournal.class)).isInstanceOf(InMemoryCallJournal.class));
    }

    @Test
    void keepsToThePostgresqlThatTheApplicationHas() {
        application()
                .withBean(DataSource.class, postgres::getPostgresDatabase)
                .withPropertyValues("paybond.journal.schema=kit")
                .run(context -> {
                    assertWorks(context.getBean(CallJournal.class));
                    assertThat(schemas()).contains("kit");
                    assertThat(file()).doesNotExist();
                });
    }

    @Test
    void looksBehindASourceThatJoinsTransactions() {
        DataSource joining = new TransactionAwareDataSourceProxy(postgres.getPostgresDatabase());

        application()
                .withBean(DataSource.class, () -> joining)
                .withPropertyValues("paybond.journal.schema=joining")
                .run(context -> {
                    assertWorks(context.getBean(CallJournal.class));
                    assertThat(schemas()).contains("joining");
                });
    }

    @Test
    void makesNoTablesWhereMigrationsAreOff() {
        application()
                .withBean(DataSource.class, postgres::getPostgresDatabase)
                .withPropertyValues("paybond.journal.schema=bare", "paybond.journal.migrate=false")
                .run(context -> {
                    assertThat(catchCause(context::getBean)).isInstanceOf(JournalException.class);
                    assertThat(schemas()).doesNotContain("bare");
                });
    }

    @Test
    void keepsAFileBesideAnotherDatabaseAndSaysSo(CapturedOutput output) {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(JournalStore.class.getName(), LogLevel.INFO);
        application()
                .withBean(DataSource.class, PaybondJournalAutoConfigurationTest::h2)
                .run(context -> {
                    assertWorks(context.getBean(CallJournal.class));
                    assertThat(file()).isNotEmptyFile();
                    assertThat(output).contains("the application's database is H2");
                });
    }

    @Test
    void refusesAnotherDatabaseWhereTheDataSourceIsAskedFor() {
        application()
                .withBean(DataSource.class, PaybondJournalAutoConfigurationTest::h2)
                .withPropertyValues("paybond.journal.type=data-source")
                .run(context -> assertRefused(catchCause(context::getBean), "the database is H2"));
    }

    @Test
    void refusesADataSourceThatIsNotThere() {
        application()
                .withPropertyValues("paybond.journal.type=data-source")
                .run(context -> assertRefused(catchCause(context::getBean), "there is no DataSource"));
    }

    @Test
    void refusesToGuessAmongSeveralDataSources() {
        application()
                .withBean("one", DataSource.class, PaybondJournalAutoConfigurationTest::h2)
                .withBean("two", DataSource.class, postgres::getPostgresDatabase)
                .run(context -> assertRefused(catchCause(context::getBean), "2 DataSources"));
    }

    @Test
    void takesTheDataSourceThatIsNamed() {
        application()
                .withBean("one", DataSource.class, PaybondJournalAutoConfigurationTest::h2)
                .withBean("two", DataSource.class, postgres::getPostgresDatabase)
                .withPropertyValues("paybond.journal.data-source=two", "paybond.journal.schema=named")
                .run(context -> {
                    assertWorks(context.getBean(CallJournal.class));
                    assertThat(schemas()).contains("named");
                });
    }

    @Test
    void reportsADataSourceThatGivesNoConnection() {
        HikariDataSource closed = new HikariDataSource();
        closed.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/nowhere?password=hunter2");
        closed.setConnectionTimeout(250);

        application().withBean(DataSource.class, () -> closed).run(context -> assertThat(catchCause(context::getBean))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("hunter2"));
    }

    @Test
    void stepsBackForTheApplicationsJournal() {
        InMemoryCallJournal own = new InMemoryCallJournal();

        application()
                .withBean("own", CallJournal.class, () -> own)
                .run(context -> assertThat(context.getBean(CallJournal.class)).isSameAs(own));
    }

    @Test
    void stepsBackWithoutSpringAiAndWithoutTheSession() {
        for (Class<?> absent : List.of(ToolCallingManager.class, Paybond.class)) {
            application()
                    .withClassLoader(new FilteredClassLoader(absent))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallJournal.class));
        }
    }

    @Test
    void worksWithoutSpringJdbc() {
        application()
                .withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
                .run(context -> assertWorks(context.getBean(CallJournal.class)));
        assertThat(Files.exists(file())).isTrue();
    }

    private static void assertWorks(CallJournal journal) {
        assertThat(journal.list(JournalQuery.all(1))).isEmpty();
    }

    private static void assertRefused(Throwable cause, String why) {
        assertThat(cause).isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                .isEqualTo(PaybondJournalAutoConfiguration.NO_DATA_SOURCE));
        assertThat(cause).hasMessageContaining(why);
    }

    private interface Beans {
        <T> T getBean(Class<T> type);
    }

    private static Throwable catchCause(Beans context) {
        try {
            context.getBean(CallJournal.class);
        } catch (RuntimeException e) {
            return e.getCause() == null ? e : mostSpecificOf(e);
        }
        throw new AssertionError("the journal was opened");
    }

    private static Throwable mostSpecificOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof PaybondException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static List<String> schemas() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                ResultSet found = connection.getMetaData().getSchemas()) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }
}
