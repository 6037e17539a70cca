package ai.paybond.kit.sandbox.internal.predicate;

import java.util.List;

/** A predicate document that cannot be used, or evidence that it cannot be applied to; {@code path} says where. */
public final class PredicateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient List<String> path;

    PredicateException(String message, List<String> path) {
        super(message, null, false, false);
        this.reason = message;
        this.path = List.copyOf(path);
    }

    public String reason() {
        return reason;
    }

    public List<String> path() {
        return path;
    }
}
