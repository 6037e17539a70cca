package ai.paybond.kit.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells from what a tool threw whether it may have acted. */
final class FailureJudge {
    private static final int DEEPEST = 32;
    private static final Set<Class<? extends Throwable>> DOUBTFUL = Set.of(
            IOException.class,
            UncheckedIOException.class,
            TimeoutException.class,
            InterruptedException.class,
            CancellationException.class);
    private static final Set<Class<? extends Throwable>> WRAPPERS = Set.of(
            InvocationTargetException.class,
            ExecutionException.class,
            CompletionException.class,
            UncheckedIOException.class);

    private final Set<Class<? extends Throwable>> declaredClean;
    private final Set<Class<? extends Throwable>> declaredDoubtful;

    FailureJudge(Set<Class<? extends Throwable>> declaredClean, Set<Class<? extends Throwable>> declaredDoubtful) {
        this.declaredClean = Set.copyOf(declaredClean);
        this.declaredDoubtful = Set.copyOf(declaredDoubtful);
    }

    Set<Class<? extends Throwable>> declaredClean() {
        return declaredClean;
    }

    Set<Class<? extends Throwable>> declaredDoubtful() {
        return declaredDoubtful;
    }

    boolean isDoubtful(Throwable thrown) {
        try {
            return isAnyLinkDoubtful(thrown);
        } catch (Throwable e) {
            return true; // an exception that cannot even be looked at
        }
    }

    private boolean isAnyLinkDoubtful(Throwable thrown) {
        Throwable current = thrown;
        for (int depth = 0; depth < DEEPEST; depth++) {
            Boolean verdict = verdictOn(current);
            if (verdict != null) {
                return verdict;
            }
            Throwable cause = current.getCause();
            if (cause == null) {
                return false;
            }
            current = cause;
        }
        return true;
    }

    /** Null when this link of the chain says nothing. */
    private @Nullable Boolean verdictOn(Throwable link) {
        if (!(link instanceof Exception) || matches(declaredDoubtful, link)) {
            return true;
        }
        if (matches(declaredClean, link)) {
            return false;
        }
        boolean wrapper = link.getCause() != null && matches(WRAPPERS, link);
        if (wrapper) {
            return null;
        }
        return matches(DOUBTFUL, link) ? Boolean.TRUE : null;
    }

    private static boolean matches(Set<Class<? extends Throwable>> types, Throwable thrown) {
        return types.stream().anyMatch(type -> type.isInstance(thrown));
    }
}
