package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;

/** The parts that a mandate and the receipt of its import have in common. */
public final class MandateParts {
    private static final Set<String> PRINCIPALS = Set.of("principal", "tenant");
    private static final Set<String> PRESENCE = Set.of("human_present", "human_not_present");
    private static final Pattern CURRENCY = Pattern.compile("[a-z0-9_]{3,16}");

    private MandateParts() {}

    /** Who may be bound: one principal of a tenant, or the tenant itself. */
    public static JsonObject authorization(MemberReader part) {
        String kind = Rules.oneOf(part.string("kind"), PRINCIPALS, part.code("authorization_kind"));
        String tenant = Rules.tenant(part.string("tenant_id"), part.code("tenant_id"));
        String subject = part.trimmed("principal_subject");
        String type = Rules.optionalScopeToken(part.string("principal_type"), part.code("principal_type"));
        boolean named = !subject.isEmpty();
        boolean fits = kind.equals("principal") ? named : !named && type.isEmpty();
        Rules.require(fits, part.code("principal_subject"), "a principal is named by a principal mandate only");
        return JsonObject.builder()
                .put("kind", kind)
                .put("tenant_id", tenant)
                .put("principal_subject", subject)
                .put("principal_type", type)
                .build();
    }

    public static JsonObject agent(MemberReader part) {
        return JsonObject.builder()
                .put("subject", part.required("subject"))
                .put("issuer", part.trimmed("issuer"))
                .put("key_id", part.trimmed("key_id"))
                .put("display_name", part.trimmed("display_name"))
                .build();
    }

    public static JsonObject spendCeiling(MemberReader part) {
        return JsonObject.builder()
                .put("amount_minor", part.positive("amount_minor"))
                .put("currency", currency(part))
                .build();
    }

    private static String currency(MemberReader part) {
        String currency = part.folded("currency");
        Rules.require(CURRENCY.matcher(currency).matches(), part.code("currency"), "not a currency code");
        return currency;
    }

    /** The fields of a constraint; what they must hold is for the object to say. */
    public static JsonObject constraint(MemberReader part) {
        return JsonObject.builder()
                .put("kind", part.folded("kind"))
                .put("id", part.trimmed("id"))
                .put("version", part.trimmed("version"))
                .put(
                        "digest_sha256_hex",
                        Rules.optionalDigestHex(part.string("digest_sha256_hex"), part.code("constraint_digest")))
                .put("uri", part.trimmed("uri"))
                .build();
    }

    public static String presence(MemberReader reader) {
        String name = "human_presence_mode";
        return Rules.oneOf(reader.string(name), PRESENCE, reader.code(name));
    }
}
