package ai.paybond.kit.internal.http;

/** When a call may be sent again after an attempt without a final answer. */
public enum Repetition {
    /** Always: it changes nothing, or the same thing, or counts once however often it arrives. */
    FREELY,
    /** Only after a 429, which says that nothing was done. */
    IF_REFUSED,
    /** Never. */
    NEVER
}
