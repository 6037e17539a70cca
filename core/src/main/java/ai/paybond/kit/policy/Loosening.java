package ai.paybond.kit.policy;

import java.util.Objects;

/**
 * One way in which a policy allows more than another.
 *
 * @param path JSON pointer of what changed
 */
public record Loosening(Kind kind, String path) {
    public Loosening {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
    }

    /** What became looser, or can no longer be shown not to be. */
    public enum Kind {
        /** {@code default_deny} was true. */
        DEFAULT_DENY_OFF,
        /** A tool that was not declared, and so denied. */
        TOOL_ADDED,
        /** A tool is gone; a kit without true default deny runs it unchecked. */
        TOOL_REMOVED,
        /** A side-effecting tool runs unchecked now. */
        BECAME_READ_ONLY,
        /** A tool that could not spend now can. */
        BECAME_SIDE_EFFECTING,
        /** A call may cost more. */
        CEILING_RAISED,
        /** The most that a call may cost is no longer said. */
        CEILING_REMOVED,
        /** The price comes from another argument, or from an argument at all. */
        SPEND_SOURCE_CHANGED,
        /** Something else proves the result. */
        EVIDENCE_PRESET_CHANGED,
        /** Another vendor's results are expected. */
        VENDOR_PACK_CHANGED,
        /** Another grant opens the tool. */
        OPERATION_CHANGED,
        /** The budget is higher, in another currency, or gone. */
        BUDGET_RAISED,
        /** The intent may use more tools. */
        ALLOWED_TOOLS_WIDENED,
        /** Another template, version or head decides. */
        POLICY_BINDING_CHANGED,
        /** Tools that the model's provider runs are no longer denied. */
        PROVIDER_EXECUTED_ALLOWED
    }
}
