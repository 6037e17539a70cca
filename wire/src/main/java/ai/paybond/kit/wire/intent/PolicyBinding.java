package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import java.util.Objects;

/**
 * The published policy that an intent of generation 5 or 7 is bound to.
 *
 * @param versionSeq 0 to 2^32 - 1 when signed
 * @param contentDigest digest of the policy's content, as published
 */
public record PolicyBinding(String templateId, long versionSeq, Digest32 contentDigest) {
    public PolicyBinding {
        Objects.requireNonNull(templateId, "templateId");
        Objects.requireNonNull(contentDigest, "contentDigest");
    }

    /** @throws WireException {@code policy.digest} unless the digest is 64 hexadecimal digits, {@code 0x} allowed */
    public static PolicyBinding of(String templateId, long versionSeq, String contentDigestHex) {
        return new PolicyBinding(templateId, versionSeq, DigestText.parse(contentDigestHex, "policy.digest"));
    }
}
