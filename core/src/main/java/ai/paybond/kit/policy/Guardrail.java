package ai.paybond.kit.policy;

import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer over a policy that makes it tighter; see {@link Policy#with}. Immutable and free of side effects.
 *
 * <p>The names are those of the other kits. Their {@code audit-only} and {@code allow-dry-run} have no effect there and are
 * refused here, since a guardrail that guards nothing misleads.
 */
public final class Guardrail {
    private static final Pattern MANIFEST_AMOUNT = Pattern.compile("(max_spend(?:_usd|_cents)?)_([0-9.]+)");

    private final String name;
    private final Layer layer;

    private Guardrail(String name, Layer layer) {
        this.name = name;
        this.layer = layer;
    }

    @FunctionalInterface
    private interface Layer {
        JsonObject over(PolicyLayers policy);
    }

    JsonObject tighten(Policy policy, CompletionCatalog catalog) {
        return layer.over(new PolicyLayers(policy, catalog));
    }

    /** Such as {@code read-only} or {@code max-spend-cents:2500}. */
    public String name() {
        return name;
    }

    /** Sets {@code default_deny}. */
    public static Guardrail defaultDeny() {
        return new Guardrail("default-deny", PolicyLayers::defaultDeny);
    }

    /** Keeps the read-only tools alone. */
    public static Guardrail readOnly() {
        return new Guardrail("read-only", layers -> layers.readOnly(""));
    }

    /** Keeps the read-only tools alone whose names start with {@code search.}. */
    public static Guardrail readOnlySearch() {
        return new Guardrail("read-only-search", layers -> layers.readOnly("search."));
    }

    /** Refuses a side-effecting tool whose evidence preset asks for nothing. */
    public static Guardrail requireEvidence() {
        return new Guardrail("require-evidence", PolicyLayers::requireEvidence);
    }

    /** {@link #requireEvidence()}, and at most 1000 cents a call and a budget of 10 USD. */
    public static Guardrail strict() {
        return new Guardrail("strict", PolicyLayers::strict);
    }

    /**
     * At most this much a call, and as much for the budget; a lower limit stays, and so does the 0 of a tool that sets none. A
     * tool with {@code spend_from_args} cannot have a ceiling in the file: it is refused with
     * {@code policy.conflicting_spend_fields}, and its ceiling belongs into {@link ToolBindings}.
     *
     * @throws PolicyException {@code policy.guardrail_unknown} when the amount is negative or over 2^53 - 1
     */
    public static Guardrail maxSpendCents(long cents) {
        if (cents < 0 || cents >= 1L << 53) {
            throw unknown("the amount is not from 0 to 2^53 - 1 cents");
        }
        return new Guardrail("max-spend-cents:" + cents, layers -> layers.maxSpend(cents));
    }

    /**
     * Reads {@code default-deny}, {@code read-only}, {@code read-only-search}, {@code require-evidence}, {@code strict},
     * {@code max-spend:USD}, {@code max-spend-usd:USD} or {@code max-spend-cents:CENTS}; also as manifests write them, such as
     * {@code read_only} and {@code max_spend_usd_200}.
     *
     * @throws PolicyException {@code policy.guardrail_unknown} for any other text
     */
    public static Guardrail parse(String text) {
        return named(text.indexOf('-') < 0 ? ofManifest(text) : text);
    }

    private static String ofManifest(String text) {
        Matcher amount = MANIFEST_AMOUNT.matcher(text);
        String name = amount.matches() ? amount.group(1) + ":" + amount.group(2) : text;
        return name.replace('_', '-');
    }

    private static Guardrail named(String text) {
        int colon = text.indexOf(':');
        if (colon >= 0) {
            return maxSpend(text.substring(0, colon), text.substring(colon + 1));
        }
        return switch (text) {
            case "default-deny" -> defaultDeny();
            case "read-only" -> readOnly();
            case "read-only-search" -> readOnlySearch();
            case "require-evidence" -> requireEvidence();
            case "strict" -> strict();
            case "audit-only", "allow-dry-run" -> throw unknown("it guards nothing in any kit");
            default -> throw unknown("no guardrail has that name");
        };
    }

    private static Guardrail maxSpend(String name, String amount) {
        boolean usd = name.equals("max-spend") || name.equals("max-spend-usd");
        if (!usd && !name.equals("max-spend-cents")) {
            throw unknown("no guardrail of that name has an amount");
        }
        if (!amount.matches(usd ? "[0-9]{1,13}(\\.[0-9]{1,2})?" : "[0-9]{1,16}")) {
            throw unknown("the amount is not one");
        }
        BigDecimal number = new BigDecimal(amount);
        return maxSpendCents((usd ? number.movePointRight(2) : number).longValueExact());
    }

    private static PolicyException unknown(String message) {
        return PolicyException.of(PolicyCodes.GUARDRAIL_UNKNOWN, "", message);
    }

    @Override
    public String toString() {
        return name;
    }
}
