package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonString;
import java.util.regex.Pattern;

/** The shape of version 1. Knows nothing of what the members mean. */
final class PolicySchema {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9_.-]{0,127}");
    private static final Pattern OPERATION = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,128}");
    private static final Pattern ARGUMENT = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z0-9_]+)*");
    private static final Pattern PRESET = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern TEMPLATE = Pattern.compile("[^\\p{Cntrl}\\s]{1,128}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-fA-F]{64}");
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    private PolicySchema() {}

    static void check(Section root) {
        if (!isVersionOne(root)) {
            return;
        }
        root.only("version", "name", "default_deny", "tools", "intent", "adapter")
                .require("name", "default_deny", "tools")
                .text("name", NAME)
                .bool("default_deny");
        root.section("tools").ifPresent(PolicySchema::tools);
        root.section("intent").ifPresent(PolicySchema::intent);
        root.section("adapter")
                .ifPresent(adapter ->
                        adapter.notEmpty().only("deny_provider_executed_tools").bool("deny_provider_executed_tools"));
    }

    private static boolean isVersionOne(Section root) {
        boolean one =
                root.object().integer("version").filter(version -> version == 1).isPresent();
        if (!root.object().has("version")) {
            root.require("version");
        } else if (!one) {
            root.report(PolicyCodes.VERSION_UNSUPPORTED, "version", "only version 1 is read");
        }
        return one;
    }

    private static void tools(Section tools) {
        tools.notEmpty();
        tools.object().members().keySet().forEach(name -> {
            if (!TOOL.matcher(name).matches()) {
                tools.report(PolicyCodes.INVALID_VALUE, name, "a tool's name matches " + TOOL.pattern());
            }
            tools.section(name).ifPresent(PolicySchema::tool);
        });
    }

    private static void tool(Section tool) {
        tool.only("side_effecting", "max_spend_cents", "spend_from_args", "evidence_preset", "vendor_pack", "operation")
                .require("side_effecting")
                .bool("side_effecting")
                .integer("max_spend_cents", 0)
                .text("spend_from_args", ARGUMENT)
                .text("evidence_preset", PRESET)
                .text("vendor_pack", PRESET)
                .text("operation", OPERATION);
    }

    private static void intent(Section intent) {
        intent.only("policy_binding", "budget", "allowed_tools");
        intent.section("policy_binding").ifPresent(binding -> binding.only("template_id", "version_seq", "head_digest")
                .require("template_id")
                .text("template_id", TEMPLATE)
                .integer("version_seq", 1)
                .text("head_digest", DIGEST));
        intent.section("budget")
                .ifPresent(budget ->
                        budget.require("currency").text("currency", CURRENCY).amount("max_spend_usd"));
        intent.sequence("allowed_tools").ifPresent(tools -> allowedTools(intent, tools));
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
