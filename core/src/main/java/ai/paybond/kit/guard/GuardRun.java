package ai.paybond.kit.guard;

import ai.paybond.kit.journal.SpendBudget;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of an agent, or of a sub-agent inside it: bound to one tenant, one intent and one currency for good, with the
 * limits that its calls spend from. Processes that share a journal and a run share those limits too. Immutable.
 *
 * @param runId names the run; hard to guess if it was drawn
 * @param tenantId the tenant realm
 * @param intentId the intent that pays
 * @param currency ISO 4217 in lower case
 * @param depth 0 for a run that was not delegated
 * @param budgets the run's own limit and those of every run above it; a call is charged to all of them or to none
 */
public record GuardRun(
        String runId, String tenantId, String intentId, String currency, int depth, List<SpendBudget> budgets) {

    /** How deep runs can be delegated. */
    public static final int MAX_DEPTH = 8;

    private static final int MAX_ID = 128;

    /** @throws IllegalArgumentException when the id is blank or longer than 128 characters, or the depth out of range */
    public GuardRun {
        if (runId.isBlank() || runId.length() > MAX_ID || depth < 0 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a run has an id of at most 128 characters and a depth of at most 8");
        }
        budgets = List.copyOf(budgets);
    }

    /** A run without a limit of its own; its calls are limited by capability and authority. */
    public static GuardRun of(String runId, String tenantId, CapabilityBinding binding) {
        return new GuardRun(runId, tenantId, binding.intentId(), binding.currency(), 0, List.of());
    }

    /** The same run with a limit on what all its calls spend together, in cents. */
    public GuardRun withBudgetCents(long cents) {
        List<SpendBudget> all = new ArrayList<>(budgets);
        all.add(new SpendBudget(scope(), cents));
        return new GuardRun(runId, tenantId, intentId, currency, depth, all);
    }

    GuardRun child(String childId) {
        return new GuardRun(childId, tenantId, intentId, currency, depth + 1, budgets);
    }

    boolean isFor(String tenant, CapabilityBinding binding) {
        return tenantId.equals(tenant) && intentId.equals(binding.intentId()) && currency.equals(binding.currency());
    }

    /** The name that the run's limit has in the journal. */
    public String scope() {
        String whole =
                JsonArray.of(List.of(tenantId, intentId, currency, runId)).toJson();
        return "run:" + Digest32.sha256(whole.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
