package ai.paybond.kit.wire.sep2828;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.attestation.ExternalAttestation;
import ai.paybond.kit.wire.internal.Checks;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A decision and the outcome that answers it, both signed, linked both ways: {@code backLink.attestationDigest} of both
 * is the same and not empty, and {@code outcomeDerived.decisionDigest} of the outcome, without one leading
 * {@code sha256:} or {@code blake3:}, is the decision's content digest in lower-case hexadecimal. Immutable. Source:
 * Paybond Kit wire format, section 13.
 */
public record Sep2828Pair(Sep2828Record decision, Sep2828Record outcome) {
    private static final String SOURCE = "sep2828_mcp";

    public Sep2828Pair {
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(outcome, "outcome");
    }

    /**
     * Checks both signatures and both links. The pair is unpinned if either record is; the signer is the decision's.
     *
     * @return refused with the codes of {@link Sep2828Record#verify(JsonObject, TrustedKeys)},
     *     {@code sep2828.back_link_missing}, {@code sep2828.back_link_mismatch}, {@code sep2828.outcome} or
     *     {@code sep2828.decision_digest}; never thrown
     */
    public static Verdict<Sep2828Pair> verify(JsonObject decision, JsonObject outcome, TrustedKeys trusted) {
        return verify(decision, outcome, trusted, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, JsonObject, TrustedKeys)}, in the given strictness. */
    public static Verdict<Sep2828Pair> verify(
            JsonObject decision, JsonObject outcome, TrustedKeys trusted, Strictness strictness) {
        return Checks.run(checks -> {
            Signed first =
                    checks.step("decision", () -> Signed.of(Sep2828Record.verify(decision, trusted, strictness)));
            Signed second = checks.step("outcome", () -> Signed.of(Sep2828Record.verify(outcome, trusted, strictness)));
            Sep2828Pair pair = new Sep2828Pair(first.record, second.record);
            checks.step("back link", pair::requireSameAttestation);
            checks.step("decision digest", pair::requireDecisionDigest);
            return checks.admitted(pair, first.signer, first.pinned && second.pinned);
        });
    }

    /** What a verdict about one record says to a pair. */
    private record Signed(Sep2828Record record, String signer, boolean pinned) {
        static Signed of(Verdict<Sep2828Record> verdict) {
            if (verdict instanceof Verdict.Valid<Sep2828Record> valid) {
                return new Signed(valid.value(), valid.signer(), true);
            }
            if (verdict instanceof Verdict.ValidUnpinned<Sep2828Record> valid) {
                return new Signed(valid.value(), valid.signer(), false);
            }
            throw new WireException(verdict.code(), "a record of the pair does not verify");
        }
    }

    private boolean requireSameAttestation() {
        boolean linked = decision.attestationDigest().isPresent()
                && outcome.attestationDigest().isPresent();
        Rules.require(linked, "sep2828.back_link_missing", "both records link back");
        boolean same = !attestation().isEmpty() && decision.attestationDigest().equals(outcome.attestationDigest());
        Rules.require(same, "sep2828.back_link_mismatch", "the records link to different attestations");
        return true;
    }

    private boolean requireDecisionDigest() {
        Rules.require(outcome.content().object("outcomeDerived").isPresent(), "sep2828.outcome", "no derived outcome");
        boolean same = Sep2828Record.withoutDigestPrefix(derived("decisionDigest"))
                .equals(decision.contentDigest().hex());
        Rules.require(same, "sep2828.decision_digest", "the outcome answers another decision");
        return true;
    }

    private String attestation() {
        return decision.attestationDigest().orElse("");
    }

    private String derived(String member) {
        return outcome.content()
                .object("outcomeDerived")
                .flatMap(part -> part.string(member))
                .orElse("");
    }

    /** True if the outcome says the call was executed. */
    public boolean isExecuted() {
        return derived("status").equals("executed");
    }

    /**
     * The evidence payload that this pair stands for: {@code artifact_blake3_hex} with the digests of decision and
     * result without prefix, {@code operation} ({@code attested} if executed, else {@code pending}), and
     * {@code vendor_ref_id}.
     */
    public JsonObject evidence() {
        List<String> artifacts = Stream.of(derived("decisionDigest"), derived("resultCommitment"))
                .map(Sep2828Record::withoutDigestPrefix)
                .filter(digest -> !digest.isEmpty())
                .distinct()
                .toList();
        return JsonObject.builder()
                .put("artifact_blake3_hex", artifacts)
                .put("operation", isExecuted() ? "attested" : "pending")
                .put("vendor_ref_id", attestation())
                .build();
    }

    /** Both records as attestations of an agent receipt. */
    public List<ExternalAttestation> attestations() {
        String reference = Sep2828Record.withoutDigestPrefix(attestation());
        List<ExternalAttestation> attestations = new ArrayList<>();
        attestations.add(new ExternalAttestation(SOURCE, "decision_record", decision.contentDigest(), reference));
        attestations.add(new ExternalAttestation(SOURCE, "outcome_record", outcome.contentDigest(), reference));
        return List.copyOf(attestations);
    }
}
