package ai.paybond.kit.policy;

import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.internal.yaml.YamlWriter;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.policy.PolicyDigest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A valid policy: a {@code paybond.policy.yaml} that stands alone, or an overlay merged with its base. Immutable; two are equal
 * if their documents are.
 *
 * <p>A tool that the policy does not declare is denied. {@code max_spend_cents} is the most that one call may cost, not its
 * price; without it, and without {@code spend_from_args}, a tool costs nothing.
 */
public final class Policy {
    private final JsonObject document;
    private final PolicyDigest digest;
    private final PolicyParser parser;
    private final @Nullable PolicyInheritance inheritance;
    private final List<PolicyTool> tools;

    Policy(JsonObject document, PolicyDigest digest, PolicyParser parser, @Nullable PolicyInheritance inheritance) {
        this.document = document;
        this.digest = digest;
        this.parser = parser;
        this.inheritance = inheritance;
        this.tools = toolsOf(document);
    }

    /**
     * Reads YAML or JSON as {@link PolicyParser#standard()} does.
     *
     * @throws PolicyException for anything but a valid policy
     */
    public static Policy parse(String text) {
        return PolicyParser.standard().parse(text);
    }

    /**
     * Reads a UTF-8 file as {@link PolicyParser#standard()} does.
     *
     * @throws PolicyException for anything but a readable file that is a valid policy
     */
    public static Policy parse(Path file) {
        return PolicyParser.standard().parse(file);
    }

    static List<PolicyTool> toolsOf(JsonObject document) {
        JsonObject tools = document.object("tools").orElseThrow();
        return tools.members().keySet().stream()
                .map(name -> PolicyTool.of(name, tools.object(name).orElseThrow()))
                .toList();
    }

    /** Such as {@code travel-agent-v1}. */
    public String name() {
        return document.string("name").orElseThrow();
    }

    /** What the document says. The registry denies undeclared tools in either case. */
    public boolean defaultDeny() {
        return document.bool("default_deny").orElseThrow();
    }

    /** In the document's order. */
    public List<PolicyTool> tools() {
        return tools;
    }

    /** The tool of exactly this name in the policy. */
    public Optional<PolicyTool> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /** {@code intent.allowed_tools} as written; empty when there is none. */
    public List<String> allowedTools() {
        return document.object("intent")
                .flatMap(intent -> intent.array("allowed_tools"))
                .flatMap(JsonArray::strings)
                .orElse(List.of());
    }

    /** {@code intent.budget}, for the creation of intents; Harbor keeps it, the guard does not. */
    public Optional<JsonObject> budget() {
        return intent("budget");
    }

    /** {@code intent.policy_binding}. */
    public Optional<JsonObject> policyBinding() {
        return intent("policy_binding");
    }

    private Optional<JsonObject> intent(String name) {
        return document.object("intent").flatMap(intent -> intent.object(name));
    }

    Optional<BigDecimal> budgetUsd() {
        return budget().map(budget -> budget.get("max_spend_usd")).map(amount -> new BigDecimal(amount.toJson()));
    }

    /** Whether tools that the model's provider runs are denied: true unless the policy says otherwise. */
    public boolean deniesProviderExecutedTools() {
        return document.object("adapter")
                .flatMap(adapter -> adapter.bool("deny_provider_executed_tools"))
                .orElse(true);
    }

    /** Whether it stands alone, or who merged it. */
    public PolicyOrigin origin() {
        if (inheritance == null) {
            return PolicyOrigin.FILE;
        }
        return inheritance.baseDigest() == null ? PolicyOrigin.REMOTE : PolicyOrigin.EFFECTIVE;
    }

    /** What it was merged from; empty for a policy that stands alone. */
    public Optional<PolicyInheritance> inheritance() {
        return Optional.ofNullable(inheritance);
    }

    /** {@code sha256:} and 64 hexadecimal digits. Paybond Kit wire format, section 7; the adapter section is not covered. */
    public String digest() {
        return digest.text();
    }

    /** The name, an at sign and the first eight digits of the digest. */
    public String versionLabel() {
        return digest.versionLabel();
    }

    /** The registry of an agent whose tools have the policy's names. See {@link #registry(ToolBindings)}. */
    public ToolRegistry registry() {
        return registry(ToolBindings.none());
    }

    /**
     * The registry of a guard: every tool of the policy, its price limited by the policy's ceiling, its evidence projected by its
     * preset. A call over the ceiling is denied with {@code spend.invalid}.
     *
     * @throws PolicyException {@code policy.binding_invalid} when a binding does not fit the policy, and
     *     {@code policy.spend_unset} when a tool has a ceiling but nothing says what a call costs
     */
    public ToolRegistry registry(ToolBindings bindings) {
        return new PolicyRegistry(this, bindings, parser.catalog()).build();
    }

    /**
     * This policy under guardrails, each applied to what the one before left. The result is never looser.
     *
     * @throws PolicyException when a guardrail cannot be applied
     */
    public Policy with(Guardrail... guardrails) {
        Policy policy = this;
        for (Guardrail guardrail : guardrails) {
            policy = parser.derived(guardrail.tighten(policy, parser.catalog()), inheritance);
        }
        return policy;
    }

    /** The whole document; of an overlay, the merged one. */
    public JsonObject document() {
        return document;
    }

    /** The document as YAML, which reads back as an equal policy; comments are not kept. */
    public String toYaml() {
        return YamlWriter.write(document);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Policy that && document.equals(that.document);
    }

    @Override
    public int hashCode() {
        return Objects.hash(document);
    }

    @Override
    public String toString() {
        return "Policy[" + versionLabel() + "]";
    }
}
