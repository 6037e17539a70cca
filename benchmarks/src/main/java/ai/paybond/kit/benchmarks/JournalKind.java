package ai.paybond.kit.benchmarks;

/** Where a journal keeps its entries. */
public enum JournalKind {
    MEMORY,
    FILE,
    POSTGRESQL
}
