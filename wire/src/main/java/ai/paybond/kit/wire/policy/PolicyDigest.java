package ai.paybond.kit.wire.policy;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The part of a policy document that its digest covers: SHA-256 over its canonical JSON, written {@code sha256:} and 64
 * lower-case hexadecimal digits. Nothing is signed. Covered are, where present:
 *
 * <pre>
 * version, name, default_deny
 * tools    of each: side_effecting, max_spend_cents, spend_from_args, evidence_preset, vendor_pack, operation
 * intent   policy_binding {template_id, version_seq, head_digest}, budget (all of it), allowed_tools (unless empty);
 *          left out when nothing remains
 * </pre>
 *
 * Everything else is not, the adapter section among it: validate a document before, since what is of another type is
 * passed over. Source: Paybond Kit wire format, section 7.
 *
 * @param projection the covered members
 * @param canonicalJson the text that is hashed
 */
public record PolicyDigest(JsonObject projection, String canonicalJson) {
    private static final String PREFIX = "sha256:";
    private static final int LABEL_LENGTH = 8;
    private static final List<String> TOOL_MEMBERS = List.of(
            "side_effecting", "max_spend_cents", "spend_from_args", "evidence_preset", "vendor_pack", "operation");
    private static final List<String> BINDING_MEMBERS = List.of("template_id", "version_seq", "head_digest");

    public PolicyDigest {
        Objects.requireNonNull(projection, "projection");
        Objects.requireNonNull(canonicalJson, "canonicalJson");
    }

    /**
     * The covered part of a validated document.
     *
     * @throws JsonException if the covered members have no unambiguous canonical form
     */
    public static PolicyDigest of(JsonObject document) {
        return of(document, Strictness.STRICT);
    }

    /** As {@link #of(JsonObject)}, in the given strictness. */
    public static PolicyDigest of(JsonObject document, Strictness strictness) {
        JsonObject projection = project(document);
        String canonical = new String(CanonicalJson.bytes(projection, strictness), StandardCharsets.UTF_8);
        return new PolicyDigest(projection, canonical);
    }

    private static JsonObject project(JsonObject document) {
        JsonObject.Builder projection = JsonObject.builder();
        for (String name : List.of("version", "name", "default_deny")) {
            projection.putIfPresent(name, document.get(name));
        }
        projection.put("tools", tools(document));
        JsonObject intent = document.object("intent").map(PolicyDigest::intent).orElseGet(PolicyDigest::empty);
        return projection
                .putIfPresent("intent", intent.members().isEmpty() ? null : intent)
                .build();
    }

    private static JsonObject tools(JsonObject document) {
        JsonObject.Builder tools = JsonObject.builder();
        JsonObject given = document.object("tools").orElseGet(PolicyDigest::empty);
        given.members().keySet().forEach(name -> given.object(name)
                .ifPresent(tool -> tools.put(name, selected(tool, TOOL_MEMBERS))));
        return tools.build();
    }

    private static JsonObject intent(JsonObject intent) {
        return JsonObject.builder()
                .putIfPresent(
                        "policy_binding",
                        intent.object("policy_binding")
                                .map(binding -> selected(binding, BINDING_MEMBERS))
                                .orElse(null))
                .putIfPresent("budget", intent.object("budget").orElse(null))
                .putIfPresent(
                        "allowed_tools",
                        intent.array("allowed_tools")
                                .filter(tools -> !tools.items().isEmpty())
                                .orElse(null))
                .build();
    }

    private static JsonObject selected(JsonObject object, List<String> names) {
        JsonObject.Builder selected = JsonObject.builder();
        names.forEach(name -> selected.putIfPresent(name, object.get(name)));
        return selected.build();
    }

    private static JsonObject empty() {
        return JsonObject.builder().build();
    }

    /** {@code sha256:} and 64 hexadecimal digits. */
    public String text() {
        return PREFIX + Digest32.sha256(Text.utf8(canonicalJson)).hex();
    }

    /** A short name for people: the policy's name, an at sign, eight characters of the digest. */
    public String versionLabel() {
        return versionLabel(projection.string("name").orElse(""), text());
    }

    /**
     * The label of a policy known by name and digest only.
     *
     * @param digest with or without {@code sha256:}; surrounding blanks do not count
     */
    public static String versionLabel(String name, String digest) {
        String trimmed = Text.trim(digest);
        boolean prefixed = trimmed.startsWith(PREFIX) && trimmed.length() >= PREFIX.length() + LABEL_LENGTH;
        String shown = prefixed ? trimmed.substring(PREFIX.length()) : trimmed;
        return name + "@" + shown.substring(0, Math.min(LABEL_LENGTH, shown.length()));
    }
}
