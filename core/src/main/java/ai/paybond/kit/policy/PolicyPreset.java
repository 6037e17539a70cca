package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Policies to start from. Each is valid, closed by default, and allows exactly the tools it declares. */
public enum PolicyPreset {
    /** Books hotels for at most 200 USD. */
    TRAVEL("travel-agent-v1", purchase("travel.book_hotel", 20_000), "search.web"),
    /** Buys for at most 100 USD. */
    SHOPPING("shopping-agent-v1", purchase("commerce.checkout", 10_000), "search.products"),
    /** Provisions seats for at most 50 USD. */
    SAAS("saas-agent-v1", purchase("saas.provision_seat", 5_000), "saas.list_plans"),
    /** Starts instances for at most 500 USD. */
    AWS("aws-operator-v1", purchase("aws.ec2.start_instance", 50_000), "aws.ec2.describe_instances"),
    /** Charges customers at most 500 USD, proved by Stripe's charge. */
    STRIPE_COMMERCE(
            "stripe-commerce-agent-v1",
            new Purchase("payments.charge_customer", 50_000, "stripe_charge"),
            "payments.list_invoices"),
    /** Books hotels for at most 10 USD, and searches nothing. */
    STRICT("strict-agent-v1", purchase("travel.book_hotel", 1_000)),
    /** Looks, and buys nothing. */
    READ_ONLY(
            "read-only-agent-v1",
            null,
            "search.web",
            "search.products",
            "saas.list_plans",
            "aws.ec2.describe_instances");

    private static final int CENTS_PER_USD = 100;

    private final String policyName;
    private final @Nullable Purchase purchase;
    private final List<String> readOnlyTools;

    PolicyPreset(String policyName, @Nullable Purchase purchase, String... readOnlyTools) {
        this.policyName = policyName;
        this.purchase = purchase;
        this.readOnlyTools = List.of(readOnlyTools);
    }

    private record Purchase(String tool, long cents, String evidencePreset) {}

    private static Purchase purchase(String tool, long cents) {
        return new Purchase(tool, cents, "cost_and_completion");
    }

    /** Such as {@code stripe-commerce}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws PolicyException {@code policy.unknown_preset} when there is none of that id */
    public static PolicyPreset ofId(String id) {
        return Arrays.stream(values())
                .filter(preset -> preset.id().equals(id))
                .findFirst()
                .orElseThrow(() -> PolicyException.of(PolicyCodes.UNKNOWN_PRESET, "", "the presets are " + ids()));
    }

    private static String ids() {
        return Arrays.stream(values()).map(PolicyPreset::id).collect(Collectors.joining(", "));
    }

    /** The policy. */
    public Policy policy() {
        JsonObject.Builder tools = JsonObject.builder();
        JsonObject.Builder document =
                JsonObject.builder().put("version", 1).put("name", policyName).put("default_deny", true);
        if (purchase != null) {
            tools.put(purchase.tool(), declared(purchase));
        }
        readOnlyTools.forEach(name -> tools.put(
                name, JsonObject.builder().put("side_effecting", false).build()));
        document.put("tools", tools.build());
        if (purchase != null) {
            document.put("intent", intent(purchase));
        }
        return PolicyParser.standard().of(document.build());
    }

    private static JsonObject declared(Purchase purchase) {
        return JsonObject.builder()
                .put("side_effecting", true)
                .put("max_spend_cents", purchase.cents())
                .put("evidence_preset", purchase.evidencePreset())
                .build();
    }

    private static JsonObject intent(Purchase purchase) {
        JsonObject budget = JsonObject.builder()
                .put("currency", "usd")
                .put("max_spend_usd", purchase.cents() / CENTS_PER_USD)
                .build();
        return JsonObject.builder()
                .put("budget", budget)
                .put("allowed_tools", List.of(purchase.tool()))
                .build();
    }
}
