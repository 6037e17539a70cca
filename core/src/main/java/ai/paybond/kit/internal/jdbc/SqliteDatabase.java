package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.journal.JournalException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One SQLite file in WAL mode, flushed at every commit; one connection to write and one to read, so that reading
 * does not wait for the disk, each used by one thread at a time; one commit for all threads that wait to write. Processes on the same machine may share the file.
 */
final class SqliteDatabase implements Database {
    /** Written into the file's header, so that no other program's database is taken for a journal: "PBJ1". */
    private static final int APPLICATION_ID = 0x50424a31;

    private static final String DRIVER = "org.sqlite.JDBC";
    private static final int BUSY = 5;

    private final Connection connection;
    private final Connection reader;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock readersTurn;
    private final WriteQueue writes;

    private SqliteDatabase(Connection connection, Connection reader, Duration patience) {
        this.connection = connection;
        this.reader = reader;
        this.patience = patience;
        this.readersTurn = connection == reader ? turn : new ReentrantLock();
        this.writes = new WriteQueue(this::writeInTurn, patience);
    }

    /**
     * @param patience how long to wait at most for other threads, and again for other processes
     * @throws ConfigurationException {@code journal.driver} or {@code journal.path}
     * @throws JournalException when the file cannot be opened, is damaged or is not a journal of this version
     */
    static SqliteDatabase open(Path file, Duration patience) {
        requireDriver();
        Path absolute = file.toAbsolutePath();
        if (absolute.toString().indexOf('?') >= 0) {
            throw new ConfigurationException("journal.path", "the path of a journal has no question mark");
        }
        createForOwnerOnly(absolute);
        try {
            return prepared(absolute, patience);
        } catch (SQLException e) {
            throw SqlFaults.ofSqlite(e);
        }
    }

    /** A connection as it comes, for a database that is prepared already. */
    static SqliteDatabase over(Connection connection, Duration patience) {
        return new SqliteDatabase(connection, connection, patience);
    }

    static Connection connect(Path absolute, Duration patience) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("busy_timeout", Long.toString(patience.toMillis()));
        try {
            return DriverManager.getConnection("jdbc:sqlite:" + absolute, settings);
        } catch (LinkageError e) {
            throw new ConfigurationException("journal.driver", "SQLite's native library cannot be loaded", e);
        }
    }

    private static void requireDriver() {
        try {
            Class.forName(DRIVER);
        } catch (ClassNotFoundException e) {
            throw new ConfigurationException(
                    "journal.driver", "a journal in a file needs org.xerial:sqlite-jdbc on the class path", e);
        }
    }

    /** SQLite gives the mode of this file to those that it puts beside it. */
    private static void createForOwnerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, mode);
        } catch (FileAlreadyExistsException e) {
            return; // as it is: whoever made it chose who may read it
        } catch (IOException e) {
            throw new JournalException("journal.unwritable", "the journal's file cannot be made", e);
        }
    }

    private static SqliteDatabase prepared(Path file, Duration patience) throws SQLException {
        Connection connection = connect(file, patience);
        try {
            over(connection, patience).prepare();
            return new SqliteDatabase(connection, connect(file, patience), patience);
        } catch (Throwable e) {
            connection.close();
            throw e;
        }
    }

    private void prepare() throws SQLException {
        transaction("BEGIN", open -> requireOurs()); // before anything in the file is changed
        switchToWal();
        execute("PRAGMA synchronous=FULL");
        write(open -> {
            if (requireOurs() == 0) {
                Schema.create(open);
                execute("PRAGMA application_id=" + APPLICATION_ID);
                execute("PRAGMA user_version=" + Schema.VERSION);
            }
            Schema.index(open);
            return true;
        });
        if (!"ok".equals(text("PRAGMA quick_check(1)"))) {
            throw new JournalException("journal.corrupt", "the journal is damaged", null);
        }
    }

    /** The schema's version, 0 for an empty file. */
    private int requireOurs() throws SQLException {
        int version = Integer.parseInt(text("PRAGMA user_version"));
        int application = Integer.parseInt(text("PRAGMA application_id"));
        boolean empty = "0".equals(text("SELECT count(*) FROM sqlite_master"));
        boolean fresh = version == 0 && application == 0 && empty;
        if (!fresh && (application != APPLICATION_ID || version != Schema.VERSION)) {
            throw new JournalException(
                    "journal.schema", "the file is not a journal that this version of the kit can use", null);
        }
        return version;
    }

    /** SQLite does not wait by itself when several openers switch a new file at the same moment. */
    private void switchToWal() throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                if (!"wal".equals(text("PRAGMA journal_mode=WAL"))) {
                    throw new JournalException("journal.unwritable", "no write-ahead log is possible here", null);
                }
                return;
            } catch (SQLException e) {
                if ((e.getErrorCode() & 0xff) != BUSY || System.nanoTime() >= end) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        take(readersTurn);
        try {
            return work.with(reader);
        } finally {
            readersTurn.unlock();
        }
    }

    @Override
    public <T> T write(Work<T> work) throws SQLException {
        return writes.write(work);
    }

    private void writeInTurn(Work<?> work) throws SQLException {
        take(turn);
        try {
            transaction("BEGIN IMMEDIATE", work);
        } finally {
            turn.unlock();
        }
    }

    /** Begun by hand: the driver's own transactions keep the write lock between two of them. */
    private <T> T transaction(String begin, Work<T> work) throws SQLException {
        execute(begin);
        try {
            T result = work.with(connection);
            execute("COMMIT");
            return result;
        } catch (Throwable e) {
            rollBack(e);
            throw e;
        }
    }

    /** After some faults SQLite has rolled back already, and says so. */
    private void rollBack(Throwable reason) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** An interrupt neither shortens the wait nor is lost: it must not deny a call that could be journaled. */
    private void take(ReentrantLock wanted) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (wanted.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw new SQLException("no turn within " + patience, null, BUSY);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** None: whoever writes has the whole file. */
    @Override
    public String rowLock() {
        return "";
    }

    @Override
    public String freeRowLock() {
        return "";
    }

    @Override
    public String recordLock() {
        return "";
    }

    @Override
    public JournalException failure(SQLException fault) {
        return SqlFaults.ofSqlite(fault);
    }

    @Override
    public void close() throws SQLException {
        try {
            close(reader, readersTurn);
        } finally {
            close(connection, turn);
        }
    }

    private void close(Connection closed, ReentrantLock itsTurn) throws SQLException {
        take(itsTurn);
        try {
            closed.close();
        } finally {
            itsTurn.unlock();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
