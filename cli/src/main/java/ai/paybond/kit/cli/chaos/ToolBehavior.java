package ai.paybond.kit.cli.chaos;

import java.util.Locale;

/** How the tool of a call ends, unless its process is killed first. */
enum ToolBehavior {
    /** Acts and returns. */
    SUCCEEDS,
    /** Says that it did nothing. */
    FAILS_CLEANLY,
    /** Acts, and then loses the connection. */
    FAILS_IN_DOUBT;

    /** The tool that behaves so; each is declared under a name of its own. */
    String toolName() {
        return "book_" + name().toLowerCase(Locale.ROOT);
    }

    String operation() {
        return "chaos." + toolName();
    }
}
