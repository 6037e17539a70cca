package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonString;
import java.util.Optional;
import java.util.regex.Pattern;

/** The shape of versions 1 and 2. Knows nothing of what the members mean. */
final class PolicySchema {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9_.-]{0,127}");
    private static final Pattern OPERATION = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,128}");
    private static final Pattern ARGUMENT = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z0-9_]+)*");
    private static final Pattern PRESET = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern TEMPLATE = Pattern.compile("[^\\p{Cntrl}\\s]{1,128}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-fA-F]{64}");
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");
    private static final Pattern ORG_ID = Pattern.compile("org_[a-z][a-z0-9_]{0,57}");
    private static final Pattern FILE = Pattern.compile("[^\\p{Cntrl}]{1,1024}");

    private PolicySchema() {}

    static void check(Section root) {
        Optional<Long> version = root.object().integer("version");
        if (!root.object().has("version")) {
            root.require("version");
        } else if (version.equals(Optional.of(1L))) {
            root.only("version", "name", "default_deny", "tools", "intent", "adapter");
            document(root);
        } else if (version.equals(Optional.of(2L))) {
            root.only("version", "name", "default_deny", "tools", "intent", "adapter", "extends", "overrides");
            document(root);
            inheritance(root);
        } else {
            root.report(PolicyCodes.VERSION_UNSUPPORTED, "version", "only versions 1 and 2 are read");
        }
    }

    private static void document(Section root) {
        root.require("name", "default_deny", "tools").text("name", NAME).bool("default_deny");
        root.section("tools").ifPresent(tools -> {
            if (!root.object().has("extends")) {
                tools.notEmpty();
            }
            tools(tools, true);
        });
        root.section("intent").ifPresent(intent -> intent(intent, true));
        root.section("adapter").ifPresent(PolicySchema::adapter);
    }

    private static void inheritance(Section root) {
        root.section("extends").ifPresent(base -> base.only("org_policy_id", "org_id", "base_digest", "base_policy")
                .require("org_policy_id", "org_id")
                .text("org_policy_id", TEMPLATE)
                .text("org_id", ORG_ID)
                .text("base_digest", DIGEST)
                .text("base_policy", FILE));
        if (root.object().has("overrides") && !root.object().has("extends")) {
            root.report(PolicyCodes.EXTENDS_REQUIRED, "overrides", "there is no base to override");
        }
        root.section("overrides").ifPresent(overrides -> {
            overrides
                    .notEmpty()
                    .only("default_deny", "tools", "intent", "adapter")
                    .bool("default_deny");
            overrides.section("tools").ifPresent(tools -> tools(tools.notEmpty(), false));
            overrides.section("intent").ifPresent(intent -> intent(intent.notEmpty(), false));
            overrides.section("adapter").ifPresent(PolicySchema::adapter);
        });
    }

    private static void adapter(Section adapter) {
        adapter.notEmpty().only("deny_provider_executed_tools").bool("deny_provider_executed_tools");
    }

    private static void tools(Section tools, boolean whole) {
        tools.object().members().keySet().forEach(name -> {
            if (!TOOL.matcher(name).matches()) {
                tools.report(PolicyCodes.INVALID_VALUE, name, "a tool's name matches " + TOOL.pattern());
            }
            tools.section(name).ifPresent(tool -> tool(tool, whole));
        });
    }

    private static void tool(Section tool, boolean whole) {
        tool.only(
                "side_effecting", "max_spend_cents", "spend_from_args", "evidence_preset", "vendor_pack", "operation");
        requireIf(whole, tool, "side_effecting");
        tool.bool("side_effecting")
                .integer("max_spend_cents", 0)
                .text("spend_from_args", ARGUMENT)
                .text("evidence_preset", PRESET)
                .text("vendor_pack", PRESET)
                .text("operation", OPERATION);
    }

    private static void intent(Section intent, boolean whole) {
        intent.only("policy_binding", "budget", "allowed_tools");
        intent.section("policy_binding").ifPresent(binding -> {
            binding.only("template_id", "version_seq", "head_digest");
            requireIf(whole, binding, "template_id");
            binding.text("template_id", TEMPLATE).integer("version_seq", 1).text("head_digest", DIGEST);
        });
        intent.section("budget").ifPresent(budget -> {
            requireIf(whole, budget, "currency");
            budget.text("currency", CURRENCY).amount("max_spend_usd");
        });
        intent.sequence("allowed_tools").ifPresent(tools -> allowedTools(intent, tools));
    }

    private static void requireIf(boolean whole, Section section, String name) {
        if (whole) {
            section.require(name);
        } else {
            section.notEmpty();
        }
    }

    private static void allowedTools(Section intent, JsonArray tools) {
        for (int i = 0; i < tools.items().size(); i++) {
            boolean named = tools.items().get(i) instanceof JsonString name
                    && TOOL.matcher(name.value()).matches();
            if (!named) {
                intent.report(PolicyCodes.INVALID_VALUE, "allowed_tools", "item " + i + " is no tool's name");
            }
        }
    }
}
