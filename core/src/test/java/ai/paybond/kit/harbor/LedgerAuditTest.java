package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.SIGNER;
import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerAuditTest {
    private static final String ZEROS = "00".repeat(32);
    private static final SigningKey OTHER = SigningKey.fromSeedHex("08".repeat(32));

    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, new ScriptedMachine());
    private final List<JsonObject> rows = honestRows(SIGNER);

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private static List<JsonObject> honestRows(SigningKey issuer) {
        List<JsonObject> rows = new ArrayList<>();
        String previous = ZEROS;
        for (String kind : List.of("intent_created", "evidence_submitted", "released")) {
            rows.add(row(rows.size() + 1, previous, JsonObject.of(Map.of("kind", kind)), issuer));
            previous = commitment(rows.get(rows.size() - 1));
        }
        return rows;
    }

    private static JsonObject row(long sequence, String previous, JsonObject event, SigningKey issuer) {
        byte[] bytes = CanonicalJson.strictBytes(JsonObject.builder()
                .put("kind", "paybond.sandbox_ledger_row_v1")
                .put("schema_version", 1)
                .put("tenant_id", TENANT)
                .put("seq", sequence)
                .put("prev_commitment_hex", previous)
                .put("event", event)
                .put("timestamp_unix_nanos", "1782820800000000000")
                .build());
        return JsonObject.builder()
                .put("seq", sequence)
                .put("prev_commitment_hex", previous)
                .put("entry_commitment_hex", Digest32.blake3(bytes).hex())
                .put("event", event)
                .put("timestamp_unix_nanos", "1782820800000000000")
                .put("issuer_pubkey_hex", issuer.publicKey().hex())
                .put("signature_hex", Hex.encode(issuer.sign(bytes)))
                .build();
    }

    private static String commitment(JsonObject row) {
        return row.string("entry_commitment_hex").orElseThrow();
    }

    private void answerTip(long sequence, String commitment) {
        server.answer(
                200,
                JsonObject.builder()
                        .put("tenant_id", TENANT)
                        .put("seq", sequence)
                        .put("entry_commitment_hex", commitment)
                        .build()
                        .toJson());
    }

    private void answerRows(List<JsonObject> page, @Nullable Long next) {
        server.answer(
                200,
                JsonObject.builder()
                        .put("tenant_id", TENANT)
                        .put("entries", page)
                        .put("next_after_seq", next)
                        .build()
                        .toJson());
    }

    private LedgerVerification verify() {
        return session.harbor().verifyLedger(SIGNER.publicKey());
    }

    private void assertBroken(String code, long sequence) {
        answerTip(3, commitment(rows.get(2)));
        answerRows(rows, null);

        LedgerVerification verification = verify();

        assertThat(verification.intact()).isFalse();
        assertThat(verification.code()).isEqualTo(code);
        assertThat(verification.faultySequence()).isEqualTo(sequence);
    }

    @Test
    void followsAnIntactLedgerOverItsPages() {
        answerTip(3, commitment(rows.get(2)));
        answerRows(rows.subList(0, 2), 2L);
        answerRows(rows.subList(2, 3), null);

        assertThat(verify()).isEqualTo(LedgerVerification.intact(3));
        assertThat(server.all())
                .extracting(request -> request.getTarget())
                .containsExactly(
                        "/harbor/ledger/v1/tip",
                        "/harbor/ledger/v1/events?after_seq=0&limit=256",
                        "/harbor/ledger/v1/events?after_seq=2&limit=256");
    }

    @Test
    void takesAnEmptyLedgerForIntact() {
        answerTip(0, ZEROS);
        answerRows(List.of(), null);

        assertThat(verify()).isEqualTo(LedgerVerification.intact(0));
    }

    @Test
    void acceptsRowsThatWereAppendedAfterTheTipWasRead() {
        answerTip(2, commitment(rows.get(1)));
        answerRows(rows, null);

        assertThat(verify()).isEqualTo(LedgerVerification.intact(3));
    }

    @Test
    void findsAMissingRow() {
        rows.remove(1);
        rows.add(row(4, ZEROS, JsonObject.of(Map.of()), SIGNER));

        assertBroken("ledger.gap", 2);
    }

    @Test
    void findsARowThatDoesNotFollow() {
        rows.set(1, row(2, ZEROS, JsonObject.of(Map.of("kind", "released")), SIGNER));

        assertBroken("ledger.chain", 2);
    }

    @Test
    void findsAnAlteredEvent() {
        rows.set(1, rows.get(1).with("event", JsonObject.of(Map.of("kind", "refunded"))));

        assertBroken("ledger.commitment", 2);
    }

    @Test
    void findsAnAlteredTime() {
        rows.set(0, rows.get(0).with("timestamp_unix_nanos", "1"));

        assertBroken("ledger.commitment", 1);
    }

    @Test
    void findsARowSignedByAnotherKey() {
        rows.clear();
        rows.addAll(honestRows(OTHER));

        assertBroken("ledger.issuer", 1);
    }

    @Test
    void findsARowThatOnlyClaimsTheKey() {
        rows.clear();
        honestRows(OTHER)
                .forEach(row -> rows.add(
                        row.with("issuer_pubkey_hex", SIGNER.publicKey().hex())));

        assertBroken("ledger.signature", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "00"})
    void findsAMalformedSignature(String signature) {
        rows.set(2, rows.get(2).with("signature_hex", signature));

        assertBroken("ledger.signature", 3);
    }

    @Test
    void findsRowsCutOffBeforeTheTip() {
        answerTip(3, commitment(rows.get(2)));
        answerRows(rows.subList(0, 2), null);

        assertThat(verify().code()).isEqualTo("ledger.tip");
    }

    @Test
    void findsATipThatIsNotTheRowOfItsNumber() {
        answerTip(3, commitment(rows.get(0)));
        answerRows(rows, null);

        assertThat(verify().code()).isEqualTo("ledger.tip");
    }

    @Test
    void isNotKeptGoingByPagesThatLeadNowhere() {
        answerTip(3, commitment(rows.get(2)));
        answerRows(rows.subList(0, 2), 2L);
        answerRows(List.of(), 2L);

        assertThat(verify().code()).isEqualTo("ledger.tip");
    }
}
