package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.wire.ed25519.Signer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresqlCallRecordTest extends CallRecordContract {
    private static PostgresServer server;

    private final PostgresqlOptions options = new PostgresqlOptions(server.newSchema(), true);

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    CallJournal open(Signer keyOrNull) {
        return keyOrNull == null
                ? CallJournals.postgresql(server.pool(), options)
                : CallJournals.postgresql(server.pool(), options, keyOrNull);
    }

    @Override
    Connection connect() throws SQLException {
        Connection connection = server.pool().getConnection();
        connection.setSchema(options.schema());
        return connection;
    }
}
