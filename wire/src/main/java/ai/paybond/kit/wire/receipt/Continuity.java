package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The link of one receipt to the one before it in the same run: {@code prev_message_digest_sha256_hex} (left out in the
 * first), {@code sequence_number}, {@code run_id}, hashed with the receipt. A link to a receipt without one has number
 * 2. Source: Paybond Kit wire format, section 11.5.
 *
 * @param runId 8-4-4-4-12 hexadecimal digits in lower case, of any version
 * @param sequenceNumber from one
 * @param previous the digest of the receipt before; null for the first
 */
public record Continuity(
        String runId, long sequenceNumber, @Nullable Digest32 previous) {
    private static final String PREVIOUS = "prev_message_digest_sha256_hex";

    public Continuity {
        Objects.requireNonNull(runId, "runId");
    }

    static Continuity read(MemberReader part) {
        String runId = Rules.anyUuid(part.string("run_id"), part.code("continuity_run"));
        JsonNumber sequence = part.number("sequence_number");
        long number = sequence.safeInteger().orElse(0L);
        Rules.require(number >= 1, part.code("sequence_number"), "a sequence number is an integer from one");
        String previous = number == 1 ? part.optionalDigest(PREVIOUS) : part.digest(PREVIOUS);
        Rules.require(number > 1 || previous == null, part.code("continuity_previous"), "the first has no previous");
        return new Continuity(runId, number, previous == null ? null : Digest32.ofHex(previous));
    }

    /**
     * The link that the next receipt of a run carries.
     *
     * @param prior the signed receipt before, or null for the first of the run
     * @throws WireException {@code agent_receipt.continuity_run} if the run id is none or not that of the prior
     *     receipt, and
     *     {@code agent_receipt.message_digest_sha256_hex} or {@code agent_receipt.digest_mismatch} if the prior receipt's
     *     digest is malformed or not its own
     */
    public static Continuity after(@Nullable JsonObject prior, String runId) {
        return after(prior, runId, Strictness.STRICT);
    }

    /** As {@link #after(JsonObject, String)}, in the given strictness; the peer does not recompute the prior digest. */
    public static Continuity after(@Nullable JsonObject prior, String runId, Strictness strictness) {
        String run = Rules.anyUuid(runId, "agent_receipt.continuity_run");
        if (prior == null) {
            return new Continuity(run, 1, null);
        }
        AgentReceipt receipt = AgentReceipt.of(prior, strictness);
        boolean sameRun = receipt.runId().map(run::equals).orElse(true);
        Rules.require(sameRun, "agent_receipt.continuity_run", "the prior receipt is of another run");
        long sequence = receipt.continuity().map(Continuity::sequenceNumber).orElse(1L) + 1;
        return new Continuity(run, sequence, statedDigest(receipt, prior, strictness));
    }

    private static Digest32 statedDigest(AgentReceipt receipt, JsonObject signed, Strictness strictness) {
        MemberReader reader = AgentReceipt.reader(signed, strictness);
        Digest32 stated = Digest32.ofHex(reader.digest(Envelope.DIGEST_MEMBER));
        boolean own = !reader.isStrict() || stated.equals(receipt.digest());
        Rules.require(own, "agent_receipt.digest_mismatch", "the stated digest is of another content");
        return stated;
    }

    /**
     * Checks that the receipts with a link form unbroken chains, one for each run, in whatever order they come. Checks
     * no signatures: verify each receipt first. A chain cut off at its end looks unbroken.
     *
     * @throws WireException {@code continuity.start}, {@code continuity.gap} or {@code continuity.digest}, and the
     *     codes of
     *     {@link AgentReceipt#of(JsonObject)} for what is no receipt
     */
    public static void requireUnbroken(List<JsonObject> signedReceipts) {
        requireUnbroken(signedReceipts, Strictness.STRICT);
    }

    /** As {@link #requireUnbroken(List)}, in the given strictness; the peer reads only receipts with a link. */
    public static void requireUnbroken(List<JsonObject> signedReceipts, Strictness strictness) {
        List<Link> links = new ArrayList<>();
        for (JsonObject signed : signedReceipts) {
            // strictly every receipt is read, so that none is passed over for a link of the wrong type
            if (strictness == Strictness.STRICT || signed.object("continuity").isPresent()) {
                AgentReceipt receipt = AgentReceipt.of(signed, strictness);
                receipt.continuity()
                        .ifPresent(link -> links.add(new Link(link, statedDigest(receipt, signed, strictness))));
            }
        }
        links.sort(Comparator.comparing((Link link) -> link.continuity.runId())
                .thenComparingLong(link -> link.continuity.sequenceNumber()));
        for (int i = 0; i < links.size(); i++) {
            links.get(i).requireFollows(i == 0 ? Optional.empty() : Optional.of(links.get(i - 1)));
        }
    }

    /** The members of a receipt's {@code continuity}. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .putIfPresent(PREVIOUS, previous == null ? null : previous.hex())
                .put("sequence_number", sequenceNumber)
                .put("run_id", runId)
                .build();
    }

    private record Link(Continuity continuity, Digest32 digest) {
        void requireFollows(Optional<Link> before) {
            Optional<Link> sameRun =
                    before.filter(link -> link.continuity.runId().equals(continuity.runId()));
            if (sameRun.isEmpty()) {
                Rules.require(continuity.sequenceNumber() == 1, "continuity.start", "a chain starts at one");
                return;
            }
            Link previous = sameRun.get();
            boolean next = continuity.sequenceNumber() == previous.continuity.sequenceNumber() + 1;
            Rules.require(next, "continuity.gap", "a chain has no gaps and no forks");
            boolean linked = previous.digest.equals(continuity.previous());
            Rules.require(linked, "continuity.digest", "a link names another receipt");
        }
    }
}
