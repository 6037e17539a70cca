package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.journal.CallState;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a process can be killed, and what must then be true: how often the tool acted, and what the journal knows. */
enum KillPoint {
    BEFORE_AUTHORIZE(ToolBehavior.SUCCEEDS, 0, null),
    AFTER_AUTHORIZE(ToolBehavior.SUCCEEDS, 0, null),
    BEFORE_CLAIM(ToolBehavior.SUCCEEDS, 0, null),
    AFTER_CLAIM(ToolBehavior.SUCCEEDS, 0, CallState.STARTED),
    BEFORE_ACT(ToolBehavior.SUCCEEDS, 0, CallState.STARTED),
    AFTER_ACT(ToolBehavior.SUCCEEDS, 1, CallState.STARTED),
    BEFORE_SIGN(ToolBehavior.SUCCEEDS, 1, CallState.STARTED),
    AFTER_SIGN(ToolBehavior.SUCCEEDS, 1, CallState.STARTED),
    BEFORE_RECORD_EXECUTED(ToolBehavior.SUCCEEDS, 1, CallState.STARTED),
    AFTER_RECORD_EXECUTED(ToolBehavior.SUCCEEDS, 1, CallState.EXECUTED),
    BEFORE_CONSUME(ToolBehavior.SUCCEEDS, 1, CallState.EXECUTED),
    AFTER_CONSUME(ToolBehavior.SUCCEEDS, 1, CallState.EXECUTED),
    AFTER_RECORD_CONSUMED(ToolBehavior.SUCCEEDS, 1, CallState.EXECUTED),
    BEFORE_DELIVER(ToolBehavior.SUCCEEDS, 1, CallState.EXECUTED),
    AFTER_DELIVER(ToolBehavior.SUCCEEDS, 1, CallState.EXECUTED),
    BEFORE_RECORD_DELIVERED(ToolBehavior.SUCCEEDS, 1, CallState.EXECUTED),
    AFTER_RECORD_DELIVERED(ToolBehavior.SUCCEEDS, 1, CallState.DELIVERED),
    BEFORE_RECORD_FAILED(ToolBehavior.FAILS_CLEANLY, 0, CallState.STARTED),
    AFTER_RECORD_FAILED(ToolBehavior.FAILS_CLEANLY, 0, CallState.FAILED),
    BEFORE_RELEASE(ToolBehavior.FAILS_CLEANLY, 0, CallState.FAILED),
    AFTER_RELEASE(ToolBehavior.FAILS_CLEANLY, 0, CallState.FAILED),
    AFTER_RECORD_RELEASED(ToolBehavior.FAILS_CLEANLY, 0, CallState.FAILED),
    BEFORE_RECORD_IN_DOUBT(ToolBehavior.FAILS_IN_DOUBT, 1, CallState.STARTED),
    AFTER_RECORD_IN_DOUBT(ToolBehavior.FAILS_IN_DOUBT, 1, CallState.IN_DOUBT),
    /** At any moment, while calls of every behaviour are made on two threads. */
    AT_RANDOM(ToolBehavior.SUCCEEDS, -1, null);

    private static final Set<KillPoint> BOUNDARIES = EnumSet.complementOf(EnumSet.of(AT_RANDOM));

    private final ToolBehavior behavior;
    private final int acted;
    private final @Nullable CallState journaled;

    KillPoint(ToolBehavior behavior, int acted, @Nullable CallState journaled) {
        this.behavior = behavior;
        this.acted = acted;
        this.journaled = journaled;
    }

    /** Every point that is a certain step of a call. */
    static Set<KillPoint> boundaries() {
        return BOUNDARIES;
    }

    ToolBehavior behavior() {
        return behavior;
    }

    boolean isBoundary() {
        return this != AT_RANDOM;
    }

    boolean expects(int timesActed, @Nullable CallState state) {
        return !isBoundary() || (acted == timesActed && journaled == state);
    }

    /** What is expected, for a report. */
    String expectation() {
        return acted + " times acted, journaled as " + (journaled == null ? "nothing" : journaled);
    }
}
