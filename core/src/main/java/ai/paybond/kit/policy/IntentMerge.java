package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays one intent section over another, so that nothing becomes looser; what would is an issue. */
final class IntentMerge {
    private final JsonObject base;
    private final boolean intersecting;

    private IntentMerge(JsonObject base, boolean intersecting) {
        this.base = base;
        this.intersecting = intersecting;
    }

    /** Allowed tools that the base does not have are dropped. */
    static IntentMerge intersecting(JsonObject base) {
        return new IntentMerge(base, true);
    }

    /** Allowed tools that the base does not have are issues. */
    static IntentMerge within(JsonObject base) {
        return new IntentMerge(base, false);
    }

    JsonObject over(Section layer) {
        JsonObject.Builder merged = JsonObject.builder().putAll(base);
        layer.section("policy_binding").ifPresent(at -> merged.put("policy_binding", binding(at)));
        layer.section("budget").ifPresent(at -> merged.put("budget", budget(at)));
        allowedTools(layer).ifPresent(tools -> merged.put("allowed_tools", tools));
        return merged.build();
    }

    private JsonObject binding(Section at) {
        JsonObject old = base.object("policy_binding").orElse(null);
        if (old == null) {
            return at.object();
        }
        if (differs(old.string("template_id"), at.object().string("template_id"))) {
            at.report(PolicyCodes.CANNOT_CHANGE_ORG_TEMPLATE, "template_id", "the base names another template");
        }
        long least = old.integer("version_seq").orElse(0L);
        if (at.object().integer("version_seq").orElse(least) < least) {
            at.report(PolicyCodes.CANNOT_DOWNGRADE_TEMPLATE_VERSION, "version_seq", "the base names a later version");
        }
        if (differs(head(old), head(at.object()))) {
            at.report(PolicyCodes.CANNOT_CHANGE_ORG_HEAD_DIGEST, "head_digest", "the base names another head");
        }
        return over(old, at);
    }

    private static Optional<String> head(JsonObject binding) {
        return binding.string("head_digest").map(digest -> digest.toLowerCase(Locale.ROOT));
    }

    private static boolean differs(Optional<String> old, Optional<String> given) {
        return old.isPresent() && given.isPresent() && !old.equals(given);
    }

    private JsonObject budget(Section at) {
        JsonObject old = base.object("budget").orElse(null);
        if (old == null) {
            return at.object();
        }
        at.object().members().forEach((name, value) -> {
            boolean lower = name.equals("max_spend_usd") && isAtMost(value, old.get(name));
            if (!lower && !value.equals(old.get(name))) {
                at.report(PolicyCodes.CANNOT_RAISE_BUDGET_CAP, name, "the base's budget is lower, or not comparable");
            }
        });
        return over(old, at);
    }

    private static boolean isAtMost(JsonValue amount, @Nullable JsonValue most) {
        return most == null || number(amount).compareTo(number(most)) <= 0;
    }

    private static BigDecimal number(JsonValue value) {
        return value instanceof JsonNumber number ? new BigDecimal(number.toJson()) : BigDecimal.ZERO;
    }

    private Optional<List<String>> allowedTools(Section layer) {
        List<String> given = allowed(layer.object());
        List<String> old = allowed(base);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (old.isEmpty()) {
            return Optional.of(given);
        }
        Set<String> known = new HashSet<>(old);
        List<String> kept = given.stream().filter(known::contains).toList();
        // A list without entries allows everything, so an empty intersection must not become one.
        if (kept.isEmpty() || (!intersecting && kept.size() < given.size())) {
            layer.report(PolicyCodes.CANNOT_WIDEN_ALLOWED_TOOLS, "allowed_tools", "the base does not allow them");
        }
        return Optional.of(kept);
    }

    private static List<String> allowed(JsonObject intent) {
        return intent.array("allowed_tools").flatMap(JsonArray::strings).orElse(List.of());
    }

    private static JsonObject over(JsonObject old, Section at) {
        return JsonObject.builder().putAll(old).putAll(at.object()).build();
    }
}
