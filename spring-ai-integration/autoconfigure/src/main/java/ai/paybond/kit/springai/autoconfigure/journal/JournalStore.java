package ai.paybond.kit.springai.autoconfigure.journal;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.springai.autoconfigure.PaybondProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.ClassUtils;

/** Chooses and opens the journal that the properties ask for. */
final class JournalStore {

    private static final Logger log = LoggerFactory.getLogger(JournalStore.class);
    private static final String POSTGRESQL = "PostgreSQL";
    private static final boolean SPRING_JDBC = ClassUtils.isPresent(
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy", JournalStore.class.getClassLoader());

    private final PaybondProperties.Journal settings;
    private final ObjectProvider<DataSource> sources;
    private final BeanFactory beans;

    JournalStore(PaybondProperties.Journal settings, ObjectProvider<DataSource> sources, BeanFactory beans) {
        this.settings = settings;
        this.sources = sources;
        this.beans = beans;
    }

    CallJournal open() {
        return switch (settings.type()) {
            case AUTO -> automatic();
            case DATA_SOURCE -> inDataSource();
            case FILE -> inFile();
            case MEMORY -> new InMemoryCallJournal();
        };
    }

    private CallJournal automatic() {
        DataSource source = chosen();
        if (source == null) {
            return inFile();
        }
        String product = product(source);
        if (product.equals(POSTGRESQL)) {
            return in(source);
        }
        log.info(
                "The journal of guarded calls is kept in {}: the application's database is {}, and a journal in a"
                        + " database needs {}. Set paybond.journal.type to choose.",
                settings.file(),
                product,
                POSTGRESQL);
        return inFile();
    }

    private CallJournal inDataSource() {
        DataSource source = chosen();
        if (source == null) {
            throw unusable("paybond.journal.type is data-source, and there is no DataSource");
        }
        String product = product(source);
        if (!product.equals(POSTGRESQL)) {
            throw unusable(
                    "paybond.journal.type is data-source, and the database is " + product + ", not " + POSTGRESQL);
        }
        return in(source);
    }

    private @Nullable DataSource chosen() {
        String name = settings.dataSource();
        if (name != null) {
            return beans.getBean(name, DataSource.class);
        }
        List<DataSource> all = sources.stream().toList();
        DataSource unique = sources.getIfUnique();
        if (unique == null && !all.isEmpty()) {
            throw unusable("there are " + all.size() + " DataSources and none is primary");
        }
        return unique;
    }

    private CallJournal in(DataSource source) {
        return CallJournals.postgresql(
                SPRING_JDBC ? TransactionAware.unwrapped(source) : source,
                new PostgresqlOptions(settings.schema(), settings.migrate()));
    }

    private CallJournal inFile() {
        Path file = settings.file();
        Path directory = file.toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "springai.journal_directory", "the directory of paybond.journal.file cannot be made: " + file, e);
        }
        return CallJournals.file(file);
    }

    private static String product(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new ConfigurationException(
                    PaybondJournalAutoConfiguration.NO_DATA_SOURCE,
                    "the DataSource gives no connection (SQL state " + e.getSQLState() + ")",
                    e);
        }
    }

    private static ConfigurationException unusable(String why) {
        return new ConfigurationException(PaybondJournalAutoConfiguration.NO_DATA_SOURCE, why);
    }

    /** A step of the journal must not be rolled back with a transaction of the application's. */
    private static final class TransactionAware {

        static DataSource unwrapped(DataSource source) {
            if (source instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
                return proxy.getTargetDataSource();
            }
            return source;
        }
    }
}
