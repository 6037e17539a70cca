package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.TestCapabilities;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.internal.jdbc.PostgresServer;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.sandbox.Sandbox;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The world fails around a guard, and nobody kills it. A call that cannot be kept or asked about is denied before its tool,
 * with a stable code; a call that ran gives its result, and its evidence goes out.
 */
class DisasterTest {
    private final GuardFixture fixture = new GuardFixture();

    @TempDir
    private Path directory;

    @Test
    void deniesBeforeTheToolWhenPostgresIsLostInTheMiddleAndLosesNothing() throws Exception {
        PostgresServer server = PostgresServer.start();
        try (HikariDataSource pool = PostgresServer.pool(server.url(), config -> config.setConnectionTimeout(1_000))) {
            fixture.journal = CallJournals.postgresql(pool, new PostgresqlOptions("paybond", true));
            ToolGuard guard = fixture.guard();
            assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Executed.class);

            ToolOutcome<Map<String, Object>> under = guard.call(booking("c2"), call -> {
                server.close();
                return fixture.book(call);
            });
            assertThat(under).isInstanceOfSatisfying(Executed.class, done -> assertThat(done.orThrow())
                    .isEqualTo(GuardFixture.RESULT));
            assertThat(fixture.authority.delivered)
                    .extracting(evidence -> evidence.context().callId())
                    .containsExactly("c1", "c2");
            assertDenied(guard, "c3", "journal.unavailable");
            assertThat(fixture.runs).hasValue(2);
        }
    }

    @Test
    void deniesACallWhoseEntryIsDamagedAndGoesOnWithOthers() throws Exception {
        Path file = directory.resolve("journal.db");
        try (CallJournal journal = CallJournals.file(file)) {
            fixture.journal = journal;
            ToolGuard guard = fixture.guard();
            guard.call(booking("c1"), fixture::book);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE paybond_call SET entry = '{\"facts\":7}'");
            }
            assertDenied(fixture.guard(), "c1", "journal.unavailable");
            assertThat(guard.call(booking("c2"), fixture::book)).isInstanceOf(Executed.class);
        }
        assertThat(fixture.runs).hasValue(2);
    }

    @Test
    void neitherRunsAnExpiredCallNorLosesOneWhenTheClockJumps() {
        MovingClock clock = new MovingClock(TestCapabilities.NOW);
        CapabilityVerifier verifier = CapabilityVerifier.builder()
                .rootKey(TestCapabilities.ROOT_KEY_ID, TestCapabilities.ROOT.publicKey())
                .clock(clock)
                .build();
        fixture.verdict = request -> verifier.verify(TestCapabilities.token(), TestCapabilities.request());
        ToolGuard guard = fixture.builder().clock(clock).build();

        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Executed.class);
        clock.pass(Duration.ofHours(2));
        assertDenied(guard, "c2", "capability.expired");
        clock.pass(Duration.ofHours(-3));
        assertThat(guard.call(booking("c3"), fixture::book)).isInstanceOf(Executed.class);
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Executed.class);
        clock.pass(Duration.ofDays(-365L * 100));
        assertDenied(guard, "c4", "capability.clock_invalid");

        assertThat(fixture.runs).hasValue(2);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.entry("c3").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void deniesWhenHarborsNameIsNotFound() {
        try (Sandbox sandbox = Sandbox.start();
                Paybond direct = Paybond.open(PaybondOptions.builder(
                                sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                        .harborUrl(URI.create("https://harbor.invalid"))
                        .remoteVerificationOnly()
                        .payee(new PayeeIdentity(
                                "did:web:hotel.example", sandbox.tenant().payeeKey()))
                        .requestTimeout(Duration.ofSeconds(2))
                        .maxAttempts(1)
                        .build())) {
            ToolGuard guard = direct.guard(
                            GuardFixture.binding(),
                            ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                                    .operation("travel.book_hotel")
                                    .spend(SpendRule.argument("amount_cents"))
                                    .withoutEvidence()
                                    .build()))
                    .build();
            assertDenied(guard, "c1", "authority.unreachable");
        }
        assertThat(fixture.runs).hasValue(0);
    }

    private void assertDenied(ToolGuard guard, String callId, String code) {
        assertThat(guard.call(booking(callId), fixture::book))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                                refused.decision().reason().code())
                        .isEqualTo(code));
    }
}
