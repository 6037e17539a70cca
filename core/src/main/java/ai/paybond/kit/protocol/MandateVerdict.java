package ai.paybond.kit.protocol;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * What the Gateway thinks of a mandate.
 *
 * @param valid whether it is whole, in time and signed by the key that it carries
 * @param mandateDigest the SHA-256 digest that was signed
 * @param raw the whole reply
 */
public record MandateVerdict(boolean valid, Digest32 mandateDigest, JsonObject raw) {
    static MandateVerdict of(Reply reply) {
        return new MandateVerdict(reply.bool("valid"), reply.digest("mandate_digest_sha256_hex"), reply.json());
    }
}
