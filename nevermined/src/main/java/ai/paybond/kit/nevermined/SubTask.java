package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a request, as an agent reports it for its statistics. Reporting charges nothing by itself.
 *
 * @param agentRequestId the request it belongs to, as verify gave it
 * @param creditsToRedeem credits, from 0 up
 * @param tag a short word to group by, or null
 * @param description for people, or null
 */
public record SubTask(
        String agentRequestId,
        BigInteger creditsToRedeem,
        @Nullable String tag,
        @Nullable String description,
        Status status) {
    /** How it stands. */
    public enum Status {
        SUCCESS,
        FAILED,
        PENDING
    }

    /** @throws NeverminedException {@code validation} without a request id */
    public SubTask {
        Identifiers.require(agentRequestId, "agentRequestId");
        Objects.requireNonNull(creditsToRedeem, "creditsToRedeem");
        Objects.requireNonNull(status, "status");
    }

    /** A part that costs nothing of its own. */
    public static SubTask of(String agentRequestId, Status status) {
        return new SubTask(agentRequestId, BigInteger.ZERO, null, null, status);
    }

    /** The same, with credits. */
    public SubTask credits(BigInteger credits) {
        return new SubTask(agentRequestId, credits, tag, description, status);
    }

    /** The same, with a word to group by and a sentence for people. */
    public SubTask described(@Nullable String word, @Nullable String sentence) {
        return new SubTask(agentRequestId, creditsToRedeem, word, sentence, status);
    }

    /**
     * The body of the call.
     *
     * @throws NeverminedException {@code validation} if the credits are negative or beyond 256 bits
     */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("agentRequestId", agentRequestId)
                .put("creditsToRedeem", number())
                .putIfPresent("tag", tag)
                .putIfPresent("description", description)
                .put("status", status.name())
                .build();
    }

    /** The backend takes a number here; text where a number would lose digits. */
    private Object number() {
        String text = Amounts.text(creditsToRedeem, "creditsToRedeem");
        return creditsToRedeem.bitLength() <= 53 ? (Object) creditsToRedeem.longValueExact() : text;
    }
}
