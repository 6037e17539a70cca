package ai.paybond.kit.wire;

/** How to treat input that other implementations of the Paybond Kit wire format read differently from one another. */
public enum Strictness {
    /** Refuse it. The only choice for production, and the default wherever none is named. */
    STRICT,

    /**
     * Reproduce the TypeScript kit, its lapses included. For conformance runs against its vectors only: what this accepts
     * may be read differently by Harbor.
     */
    PEER
}
