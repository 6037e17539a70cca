package ai.paybond.kit.wire.export;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A receipt as other agent frameworks show decisions: {@code payload} with type, issued_at, issuer_id, decision (deny
 * if the call was denied or its predicate failed, else allow), ars_receipt_id, ars_scope, ars_kind, tool_name, reason,
 * policy_digest, session_id, action_ref and payload_digest, and {@code signature} with alg, kid and sig. The signature
 * is the receipt's own and does not cover the projection: never take a projection for the receipt. Source: Paybond Kit
 * wire format, section 17.
 */
public final class ActaProjection {
    private ActaProjection() {}

    /**
     * Projects a signed receipt, without checking its signature. Strictly, from its normal form.
     *
     * @throws WireException {@code agent_receipt.<member>} for a receipt that has no normal form,
     *     {@code acta.signature} for one
     *     that is not signed
     */
    public static JsonObject of(JsonObject signedReceipt, Strictness strictness) {
        JsonObject normal = AgentReceipt.normalizeSigned(signedReceipt, strictness);
        JsonObject shown = strictness == Strictness.STRICT ? normal : signedReceipt;
        String key = required(normal, Envelope.KEY_MEMBER);
        return JsonObject.builder()
                .put("payload", payload(shown, normal, key))
                .put("signature", signature(normal, key))
                .build();
    }

    private static JsonObject payload(JsonObject shown, JsonObject normal, String key) {
        Optional<JsonObject> execution = normal.has("execution") ? shown.object("execution") : Optional.empty();
        String digest = required(normal, Envelope.DIGEST_MEMBER);
        return JsonObject.builder()
                .put("type", "paybond:agent_receipt")
                .put("issued_at", trimmed(shown.string("issued_at")))
                .put("issuer_id", key)
                .put("decision", isDenied(normal) ? "deny" : "allow")
                .put("ars_receipt_id", trimmed(shown.string("receipt_id")))
                .put("ars_scope", trimmed(shown.string("scope")))
                .put("ars_kind", AgentReceipt.KIND)
                .putIfPresent("tool_name", text(execution, "tool_name"))
                .put("reason", trimmed(shown.object("outcome").flatMap(part -> part.string("harbor_state"))))
                .put("policy_digest", "sha256:" + policyDigest(normal))
                .putIfPresent("session_id", text(execution, "run_id"))
                .put(
                        "action_ref",
                        Optional.ofNullable(text(execution, "arguments_digest_sha256_hex"))
                                .orElse(digest))
                .put("payload_digest", "sha256:" + digest)
                .build();
    }

    private static @Nullable String text(Optional<JsonObject> part, String name) {
        return part.flatMap(object -> object.string(name)).map(Text::trim).orElse(null);
    }

    private static String trimmed(Optional<String> text) {
        return Text.trim(text.orElse(""));
    }

    private static boolean isDenied(JsonObject normal) {
        boolean refused = normal.object("execution")
                .flatMap(part -> part.string("outcome"))
                .filter("denied"::equals)
                .isPresent();
        boolean failed = normal.object("outcome")
                .flatMap(part -> part.bool("predicate_passed"))
                .filter(passed -> !passed)
                .isPresent();
        return refused || failed;
    }

    private static String policyDigest(JsonObject normal) {
        return normal.object("authorization")
                .flatMap(part -> part.object("policy"))
                .flatMap(policy -> policy.string("content_digest_sha256_hex"))
                .orElseThrow();
    }

    private static JsonObject signature(JsonObject normal, String key) {
        return JsonObject.builder()
                .put("alg", "EdDSA")
                .put("kid", key)
                .put("sig", required(normal, Envelope.SIGNATURE_MEMBER))
                .build();
    }

    private static String required(JsonObject normal, String name) {
        return normal.string(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new WireException("acta.signature", "the receipt is not signed"));
    }
}
