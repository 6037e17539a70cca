package ai.paybond.kit.cli;

/** How a command writes its result. */
enum OutputFormat {
    /** Lines for people. */
    TEXT,
    /** One JSON object on one line. */
    JSON
}
