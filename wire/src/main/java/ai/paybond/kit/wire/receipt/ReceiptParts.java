package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.internal.Checks;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the two protocol receipts have in common. */
final class ReceiptParts {
    private static final List<String> TRANSPORT =
            List.of("partner_platform", "external_authorization_id", "request_id");

    private ReceiptParts() {}

    static void requireKind(MemberReader receipt, String kind) {
        receipt.requireVersionOne("schema_version");
        receipt.requireConstant("kind", kind);
        receipt.requireConstant("receipt_version", "1");
    }

    static JsonObject.Builder head(String kind) {
        return JsonObject.builder().put("schema_version", 1).put("kind", kind).put("receipt_version", "1");
    }

    /** How the authorisation travelled; every member present, empty if unknown. */
    static JsonObject transport(MemberReader binding) {
        String protocol = binding.string("source_protocol");
        JsonObject.Builder normal = JsonObject.builder()
                .put(
                        "source_protocol",
                        Text.isBlank(protocol) ? "ap2" : Rules.scopeToken(protocol, binding.code("source_protocol")));
        TRANSPORT.forEach(
                name -> normal.put(name, Rules.short256(binding.trimmed(name), binding.code("transport_binding"))));
        return normal.build();
    }

    /** The signed reading of a transport binding leaves out what is empty. */
    static JsonObject withoutEmptyTexts(JsonObject transport) {
        Map<String, JsonValue> kept = new LinkedHashMap<>(transport.members());
        kept.values().removeIf(value -> value.equals(new JsonString("")));
        return new JsonObject(kept);
    }

    static Digest32 digest(JsonObject canonical) {
        return Digest32.sha256(Text.utf8(Envelope.goEscaped(canonical)));
    }

    static void requireAlgorithm(Checks checks, MemberReader receipt) {
        String algorithm = receipt.folded(Envelope.ALGORITHM_MEMBER);
        boolean known = algorithm.isEmpty() || algorithm.equals(Envelope.ALGORITHM);
        checks.require("algorithm", known, receipt.code(Envelope.ALGORITHM_MEMBER));
    }
}
