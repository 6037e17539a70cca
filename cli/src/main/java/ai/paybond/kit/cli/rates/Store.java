package ai.paybond.kit.cli.rates;

/** Where the measured journal is. */
public enum Store {
    /** In this process, as a guard has it that is given none. */
    MEMORY,
    /** In one file, flushed before each step. */
    SQLITE,
    /** In a database that processes share. */
    POSTGRESQL
}
