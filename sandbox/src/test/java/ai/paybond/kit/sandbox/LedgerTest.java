package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.SandboxRecords.LedgerEntry;
import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.wire.json.JsonArray;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
    @TempDir
    Path directory;

    @Test
    void recordsTheLifeOfAnIntentInOrder() {
        try (Sandbox sandbox = Sandbox.start()) {
            Scenario scenario = settled(sandbox);

            assertThat(sandbox.records().ledger(scenario.tenant.tenantId()))
                    .extracting(LedgerEntry::kind)
                    .containsExactly(
                            "intent_created",
                            "settlement_hold_placed",
                            "evidence_submitted",
                            "predicate_evaluated",
                            "settlement_rail_confirmed",
                            "released");
        }
    }

    @Test
    void chainsEveryRowToTheOneBefore() {
        try (Sandbox sandbox = Sandbox.start()) {
            List<LedgerEntry> rows =
                    sandbox.records().ledger(settled(sandbox).tenant.tenantId());

            assertThat(rows.get(0).prevCommitmentHex()).isEqualTo("0".repeat(64));
            for (int i = 1; i < rows.size(); i++) {
                assertThat(rows.get(i).prevCommitmentHex())
                        .isEqualTo(rows.get(i - 1).entryCommitmentHex());
            }
        }
    }

    @Test
    void readsAnEmptyLedger() {
        try (Sandbox sandbox = Sandbox.start()) {
            TestClient client = TestClient.of(sandbox);

            Answer tip = client.get("/ledger/v1/tip");
            assertThat(tip.json().bool("empty")).hasValue(true);
            assertThat(tip.json().integer("seq")).hasValue(0L);
            assertThat(tip.text("entry_commitment_hex")).isEqualTo("0".repeat(64));
            assertThat(client.get("/harbor/ledger/v1/merkle/latest").body()).contains("\"checkpoint\":null");
            assertThat(client.get("/ledger/v1/authority").text("verifying_key_hex"))
                    .hasSize(64);
        }
    }

    @Test
    void pagesThroughEvents() {
        try (Sandbox sandbox = Sandbox.start()) {
            Scenario scenario = settled(sandbox);

            Answer first = scenario.client.get("/ledger/v1/events?limit=4");
            assertThat(entries(first)).hasSize(4);
            assertThat(first.json().integer("next_after_seq")).hasValue(4L);
            Answer last = scenario.client.get("/harbor/ledger/v1/events?after_seq=4&limit=4");
            assertThat(entries(last)).hasSize(2);
            assertThat(last.body()).contains("\"next_after_seq\":null");
            assertThat(scenario.client.get("/ledger/v1/events?after_seq=-1").status())
                    .isEqualTo(400);
            assertThat(scenario.client.get("/ledger/v1/events?limit=x").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void letsOnlyOperatorsAudit() {
        try (Sandbox sandbox = Sandbox.start()) {
            TestClient agent = TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(sandbox.tenant(), "agent"));

            assertThat(agent.get("/ledger/v1/verify").status()).isEqualTo(403);
            assertThat(TestClient.of(sandbox).get("/ledger/v1/verify").json().bool("ok"))
                    .hasValue(true);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "update ledger_entry set event = replace(event, '20000', '10000') where seq = 1; 1; ledger.row_altered",
                "update ledger_entry set timestamp_nanos = timestamp_nanos + 1 where seq = 2; 2; ledger.row_altered",
                "update ledger_entry set signature = repeat('00', 64) where seq = 3; 3; ledger.row_altered",
                "delete from ledger_entry where seq = 4; 4; ledger.row_missing",
                "update ledger_entry set prev_commitment = repeat('00', 32) where seq = 5; 5; ledger.chain_broken"
            })
    void noticesATamperedRow(String sql, long seq, String reason) throws SQLException {
        try (Sandbox sandbox = Sandbox.builder().dataDirectory(directory).start()) {
            settled(sandbox);
        }
        tamper(sql);
        try (Sandbox sandbox = Sandbox.builder().dataDirectory(directory).start()) {
            assertThat(sandbox.records().ledgerVerifies(sandbox.tenant().tenantId()))
                    .isFalse();
            Answer audit = TestClient.of(sandbox).get("/ledger/v1/verify");
            assertThat(audit.json().bool("ok")).hasValue(false);
            assertThat(audit.json().integer("first_bad_seq")).hasValue(seq);
            assertThat(audit.text("reason")).isEqualTo(reason);
        }
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("sandbox"), "sandbox", "");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static Scenario settled(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();
        scenario.submit("{}");
        scenario.confirm();
        return scenario;
    }

    private static List<?> entries(Answer answer) {
        return answer.json().array("entries").map(JsonArray::items).orElseThrow();
    }
}
