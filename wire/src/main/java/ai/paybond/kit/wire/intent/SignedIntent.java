package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Base64Text;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An intent with its principal's signature. Immutable. The key is the one in the body: whose it is, is for the reader
 * to know. The request body, in this order; keys and signature are standard Base64 with padding:
 *
 * <pre>
 * intent_id, principal_did, principal_pubkey, principal_signature, payee_did
 * payee_pubkey                            generations 6 and 7
 * budget, currency, amount_cents, evidence_schema, deadline
 * predicate_dsl                           all but 5 and 7
 * settlement_rail                         all but 2
 * signing_version, policy_binding, allowed_tools
 * predicate_ref                           unless blank; as given
 * settlement_rail                         generation 2, unless empty
 * completion_preset_id                    varint generations, unless blank; trimmed
 * </pre>
 *
 * {@code policy_binding} is null where no policy is bound. The tenant is not in the body. Source: Paybond Kit wire
 * format, sections 4 and 20.4 to 20.6; signatures are RFC 8032 Ed25519.
 */
public final class SignedIntent {
    private final IntentStatement statement;
    private final IntentVersion version;
    private final VerifyingKey principalKey;
    private final byte[] signature;

    SignedIntent(IntentStatement statement, IntentVersion version, VerifyingKey principalKey, byte[] signature) {
        this.statement = statement;
        this.version = version;
        this.principalKey = principalKey;
        this.signature = signature.clone();
    }

    /** As {@link #fromBody(String, JsonObject, IntentContext)} for intents with a raw predicate and no contract. */
    public static SignedIntent fromBody(String tenantId, JsonObject body) {
        return fromBody(tenantId, body, IntentContext.none());
    }

    /**
     * Reads a request body and checks its signature against the key it carries. Body version 4 is tried in the fixed
     * and then in the varint coding; a completion preset with its contract and then without.
     *
     * @param tenantId the tenant of the authenticated caller
     * @throws WireException {@code intent.<member>} for a missing or malformed member, {@code policy.unknown},
     *     {@code policy.head_mismatch}, the codes of {@link IntentStatement#signBytes(IntentVersion)} for unsignable content,
     *     and {@code intent.signature} if the signature does not fit
     */
    public static SignedIntent fromBody(String tenantId, JsonObject body, IntentContext context) {
        return new IntentBodyReader(tenantId, body, context).read();
    }

    /** What was signed. */
    public IntentStatement statement() {
        return statement;
    }

    /** The generation in which it was signed. */
    public IntentVersion version() {
        return version;
    }

    /** The key that the signature was made with. */
    public VerifyingKey principalKey() {
        return principalKey;
    }

    /** 64 bytes. */
    public byte[] signature() {
        return signature.clone();
    }

    /** The request body, members in the order the wire format gives them for this generation. */
    public JsonObject body() {
        JsonObject.Builder body = JsonObject.builder();
        parties(body);
        terms(body);
        if (version == IntentVersion.V2) {
            body.putIfPresent(
                    "settlement_rail", nonEmpty(statement.settlementRail().orElse(null)));
        } else if (!version.isFixed()) {
            body.putIfPresent("completion_preset_id", presetId());
        }
        return body.build();
    }

    private void parties(JsonObject.Builder body) {
        body.put("intent_id", statement.intentId())
                .put("principal_did", statement.principalDid())
                .put("principal_pubkey", principalKey.base64())
                .put("principal_signature", Base64Text.encode(signature))
                .put("payee_did", statement.payeeDid());
        if (version.bindsPayeeKey()) {
            body.put("payee_pubkey", statement.payeeKey().orElseThrow().base64());
        }
    }

    private void terms(JsonObject.Builder body) {
        body.put("budget", statement.budget())
                .put("currency", statement.currency())
                .put("amount_cents", statement.amountCents())
                .put("evidence_schema", statement.evidenceSchema())
                .put("deadline", statement.deadline());
        if (!version.bindsPolicy()) {
            body.put("predicate_dsl", statement.predicate());
        }
        if (version.bindsRail()) {
            body.put("settlement_rail", statement.settlementRail().orElseThrow());
        }
        body.put("signing_version", version.signingVersion())
                .put("policy_binding", policyBinding())
                .put("allowed_tools", statement.allowedTools());
        if (!Text.isBlank(statement.predicateRef())) {
            body.put("predicate_ref", statement.predicateRef());
        }
    }

    private @Nullable JsonObject policyBinding() {
        return statement
                .policyBinding()
                .map(policy -> JsonObject.builder()
                        .put("template_id", policy.templateId())
                        .put("version_seq", policy.versionSeq())
                        .build())
                .orElse(null);
    }

    private @Nullable String presetId() {
        return nonEmpty(statement.completionPresetId().map(Text::trim).orElse(null));
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** The text to send, and to hash for a recognition proof. */
    public String bodyJson() {
        return body().toJson();
    }
}
