package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Harbor has the evidence.
 *
 * @param intentId the intent that the evidence belongs to
 * @param state the intent's state now, in the server's words
 * @param predicatePassed whether the intent's predicate holds for the payload; absent when it was not evaluated
 * @param payloadDigest what Harbor computed over the payload, 64 hexadecimal digits
 * @param artifactsDigest what Harbor computed over the artifacts, 64 hexadecimal digits
 * @param raw the whole reply, members unknown to this kit included
 */
public record EvidenceReceipt(
        String intentId,
        String state,
        @Nullable Boolean predicatePassed,
        @Nullable String payloadDigest,
        @Nullable String artifactsDigest,
        JsonObject raw) {}
