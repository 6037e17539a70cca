package ai.paybond.kit.protocol;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import java.util.Optional;

/**
 * A mandate that is bound to an intent.
 *
 * @param intentId the intent's UUID
 * @param mandateDigest the SHA-256 digest that the mandate's principal signed
 * @param authorizationReceipt the Gateway's signature under the binding, for
 *     {@link ai.paybond.kit.wire.receipt.AuthorizationReceipt#verify}
 * @param raw the whole reply
 */
public record ImportedMandate(
        String intentId, Digest32 mandateDigest, JsonObject authorizationReceipt, JsonObject raw) {

    /** Reply, receipt and mandate have to name the same tenant, intent and mandate. */
    static ImportedMandate of(Reply reply, MandateImport asked, String tenantId) {
        if (!reply.bool("valid")) {
            throw reply.unusable("mandate.not_valid", "the mandate was not taken for valid");
        }
        Digest32 digest = reply.digest("mandate_digest_sha256_hex");
        Reply receipt = reply.in("authorization_receipt")
                .ofTenant("tenant_id", tenantId)
                .ofIntent(asked.intentId())
                .of("mandate", "mandate_digest_sha256_hex", digest.hex());
        Optional<Digest32> sent = digestOf(asked.signedMandate());
        if (sent.isPresent() && !sent.get().equals(digest)) {
            throw reply.mismatch("mandate", sent.get().hex(), digest.hex());
        }
        return new ImportedMandate(asked.intentId(), digest, receipt.json(), reply.json());
    }

    /** Empty for a mandate of a shape that this kit does not know, which the Gateway may. */
    private static Optional<Digest32> digestOf(JsonObject signedMandate) {
        try {
            return Optional.of(AgentMandate.of(signedMandate).digest());
        } catch (WireException e) {
            return Optional.empty();
        }
    }
}
