package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evidence to be signed.
 *
 * @param intentId the intent's UUID
 * @param payload what happened, conforming to the intent's evidence schema
 * @param payeeDid the payee, as the intent names it
 * @param payee holds the payee's key
 * @param artifactsBlake3Hex BLAKE3 digests of attached artifacts, 64 hexadecimal digits each; default none
 * @param submittedAt when it is handed in, cut to whole seconds; default now
 * @param version the signing generation; default the session's: 2 through the Gateway, 1 on direct Harbor
 */
public record EvidenceSubmission(
        String intentId,
        JsonObject payload,
        String payeeDid,
        Signer payee,
        List<String> artifactsBlake3Hex,
        @Nullable Instant submittedAt,
        @Nullable EvidenceVersion version) {

    public EvidenceSubmission {
        Objects.requireNonNull(intentId, "intentId");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(payeeDid, "payeeDid");
        Objects.requireNonNull(payee, "payee");
        artifactsBlake3Hex = List.copyOf(artifactsBlake3Hex);
    }

    /** A submission with every default. */
    public static EvidenceSubmission of(String intentId, JsonObject payload, String payeeDid, Signer payee) {
        return new EvidenceSubmission(intentId, payload, payeeDid, payee, List.of(), null, null);
    }

    /** With attached artifacts. */
    public EvidenceSubmission withArtifacts(List<String> blake3Hex) {
        return new EvidenceSubmission(intentId, payload, payeeDid, payee, blake3Hex, submittedAt, version);
    }

    /** Handed in at this time. */
    public EvidenceSubmission withSubmittedAt(Instant at) {
        return new EvidenceSubmission(intentId, payload, payeeDid, payee, artifactsBlake3Hex, at, version);
    }

    /** Signed in this generation. */
    public EvidenceSubmission withVersion(EvidenceVersion generation) {
        return new EvidenceSubmission(intentId, payload, payeeDid, payee, artifactsBlake3Hex, submittedAt, generation);
    }

    /** Leaves the payload out, which may hold personal data. */
    @Override
    public String toString() {
        return "EvidenceSubmission[intentId=" + intentId + ", payeeDid=" + payeeDid + "]";
    }
}
