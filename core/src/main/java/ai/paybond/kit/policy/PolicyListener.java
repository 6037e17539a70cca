package ai.paybond.kit.policy;

import java.util.List;

/**
 * Watches a {@link LivePolicy}, for logs and metrics. Never steers: what it throws is logged and dropped. Called after the fact, on
 * the thread that reloaded; must be thread-safe.
 */
public interface PolicyListener {

    /** Another policy is in force. */
    default void reloaded(PolicySnapshot previous, PolicySnapshot current, PolicyChange change) {}

    /** A policy was refused, and the one before stays in force. A watch says so once, until something else happens. */
    default void refused(List<PolicyIssue> issues) {}

    /** The watch met a fault and goes on, at least by looking from time to time. */
    default void watchFailed(Throwable fault) {}
}
