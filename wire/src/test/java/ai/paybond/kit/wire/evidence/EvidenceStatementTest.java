package ai.paybond.kit.wire.evidence;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.Tampering;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceStatementTest {
    private static final String INTENT = "550e8400-e29b-41d4-a716-446655440000";
    private static final String ARTIFACT = "ab".repeat(32);

    private static EvidenceStatement statement() {
        return new EvidenceStatement(
                "tenant-a",
                INTENT,
                "did:payee:1",
                JsonValue.parse("{\"status\":\"completed\",\"cost_cents\":100}"),
                List.of(ARTIFACT),
                "2026-06-30T12:00:00Z");
    }

    private static EvidenceStatement withPayload(String json) {
        EvidenceStatement base = statement();
        return new EvidenceStatement(
                base.tenantId(), INTENT, base.payeeDid(), JsonValue.parse(json), List.of(), base.submittedAt());
    }

    private static EvidenceStatement withArtifact(String artifact) {
        EvidenceStatement base = statement();
        return new EvidenceStatement(
                base.tenantId(), INTENT, base.payeeDid(), base.payload(), List.of(artifact), base.submittedAt());
    }

    private static EvidenceStatement withSubmittedAt(String submittedAt) {
        EvidenceStatement base = statement();
        return new EvidenceStatement(base.tenantId(), INTENT, base.payeeDid(), base.payload(), List.of(), submittedAt);
    }

    @ParameterizedTest
    @EnumSource(EvidenceVersion.class)
    void recognisesTheGenerationByTheSignatureAlone(EvidenceVersion version) {
        SignedEvidence signed = statement().sign(Samples.key(1), version);

        SignedEvidence read = SignedEvidence.fromBody("tenant-a", INTENT, JsonObject.parse(signed.bodyJson()));

        assertThat(read).isEqualTo(signed);
        assertThat(read.version()).isEqualTo(version);
    }

    @Test
    void refusesTheBodyUnderAnotherTenantOrIntent() {
        JsonObject body = statement().sign(Samples.key(1), EvidenceVersion.V2).body();

        assertRefused("evidence.signature", () -> SignedEvidence.fromBody("tenant-b", INTENT, body));
        assertRefused(
                "evidence.signature",
                () -> SignedEvidence.fromBody("tenant-a", "550e8400-e29b-41d4-a716-446655440001", body));
    }

    @ParameterizedTest
    @EnumSource(EvidenceVersion.class)
    void acceptsNoChangeThatSignsOtherBytes(EvidenceVersion version) {
        SignedEvidence signed = statement().sign(Samples.key(1), version);
        List<Tampering.Change> changes = new ArrayList<>(Tampering.members(signed.body()));
        changes.addAll(Tampering.bits(signed.body()));

        assertThat(changes).hasSizeGreaterThan(200).noneMatch(change -> signsOtherBytes(signed, change.object()));
    }

    private static boolean signsOtherBytes(SignedEvidence signed, JsonObject changed) {
        try {
            SignedEvidence read = SignedEvidence.fromBody("tenant-a", INTENT, changed);
            byte[] original = signed.statement().signBytes(signed.version());
            return !Arrays.equals(original, read.statement().signBytes(read.version()));
        } catch (WireException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "artifacts", "payee_did", "payee_pubkey", "payee_signature", "submitted_at"})
    void namesTheMemberThatIsMissing(String member) {
        JsonObject body = statement().sign(Samples.key(1), EvidenceVersion.V2).body();

        assertRefused("evidence." + member, () -> SignedEvidence.fromBody("tenant-a", INTENT, body.without(member)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", " abababababababababababababababababababababababababababababababab", "0x", "zz"})
    void refusesArtifactsThatAreNoHash(String artifact) {
        assertRefused("artifact.hex", () -> withArtifact(artifact).artifactsDigest());
    }

    @Test
    void refusesArtifactsThatOnlyLaxReadersAccept() {
        assertRefused("artifact.hex", () -> withArtifact("0x" + ARTIFACT).signBytes(EvidenceVersion.V1));
        assertRefused("artifact.hex", () -> withArtifact(" " + ARTIFACT + " ").signBytes(EvidenceVersion.V2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-06-30T12:00:00.000Z",
                "2026-06-30T12:00:00+00:00",
                "2026-06-30 12:00:00Z",
                "2026-02-30T12:00:00Z",
                "2026-06-30T24:00:00Z",
                "2026-06-30T12:00:00z"
            })
    void refusesTimesThatOthersWouldRewrite(String submittedAt) {
        assertRefused("timestamp.form", () -> withSubmittedAt(submittedAt).signBytes(EvidenceVersion.V2));
    }

    @Test
    void refusesPayloadsThatOthersWouldHashDifferently() {
        assertRefused("canonical.index_key", () -> withPayload("{\"1\":2}").payloadDigest());
        assertRefused(
                "canonical.number_range", () -> withPayload("{\"a\":1e21}").signBytes(EvidenceVersion.V2));
    }

    @Test
    void checksArtifactsBeforeTheIntentId() {
        EvidenceStatement both = new EvidenceStatement(
                "t", "nope", "did:p", JsonValue.parse("{}"), List.of("abc"), "2026-06-30T12:00:00Z");
        EvidenceStatement one =
                new EvidenceStatement("t", "nope", "did:p", JsonValue.parse("{}"), List.of(), "2026-06-30T12:00:00Z");

        assertRefused("artifact.hex", () -> both.signBytes(EvidenceVersion.V2));
        assertRefused("uuid.invalid", () -> one.signBytes(EvidenceVersion.V2));
    }

    @Test
    void refusesHalfASurrogatePair() {
        EvidenceStatement statement = new EvidenceStatement(
                "t", INTENT, "did:\ud800", JsonValue.parse("{}"), List.of(), "2026-06-30T12:00:00Z");

        assertRefused("text.surrogate", () -> statement.signBytes(EvidenceVersion.V2));
    }

    @Test
    void keepsItsOwnCopyOfTheSignature() {
        SignedEvidence signed = statement().sign(Samples.key(1), EvidenceVersion.V2);
        signed.signature()[0] ^= 1;

        assertThat(signed).isEqualTo(statement().sign(Samples.key(1), EvidenceVersion.V2));
    }
}
