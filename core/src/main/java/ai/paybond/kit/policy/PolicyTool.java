package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One tool as a policy declares it.
 *
 * @param name the tool's name in the policy, such as {@code travel.book_hotel}
 * @param operation what the capability must grant; the name unless the policy says otherwise
 * @param maxSpendCents the most one call may cost, in cents; null when the policy sets none
 * @param spendFromArgs dotted path of the argument that is the price in cents; null when the policy names none
 * @param evidencePreset what a result must prove; null only for a read-only tool
 * @param vendorPack the vendor whose results are expected; for people, as in other kits: the guard does not use it
 */
public record PolicyTool(
        String name,
        String operation,
        boolean sideEffecting,
        @Nullable Long maxSpendCents,
        @Nullable String spendFromArgs,
        @Nullable String evidencePreset,
        @Nullable String vendorPack) {
    public PolicyTool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(operation, "operation");
    }

    static PolicyTool of(String name, JsonObject json) {
        return new PolicyTool(
                name,
                json.string("operation").orElse(name),
                json.bool("side_effecting").orElse(true),
                json.integer("max_spend_cents").orElse(null),
                json.string("spend_from_args").orElse(null),
                json.string("evidence_preset").orElse(null),
                json.string("vendor_pack").orElse(null));
    }
}
