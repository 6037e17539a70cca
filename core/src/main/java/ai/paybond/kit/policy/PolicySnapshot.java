package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Objects;

/**
 * One policy at one moment, for records and receipts.
 *
 * @param digest {@code sha256:} and 64 hexadecimal digits
 * @param version the policy's name, an at sign and the first eight digits
 * @param loadedAt when it was read
 * @param origin where it comes from
 * @param document the document that is in force; of an overlay, the merged one
 */
public record PolicySnapshot(
        String digest, String version, Instant loadedAt, PolicyOrigin origin, JsonObject document) {
    public PolicySnapshot {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(loadedAt, "loadedAt");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(document, "document");
    }

    static PolicySnapshot of(Policy policy, Instant loadedAt) {
        return new PolicySnapshot(policy.digest(), policy.versionLabel(), loadedAt, policy.origin(), policy.document());
    }
}
