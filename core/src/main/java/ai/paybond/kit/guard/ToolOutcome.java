package ai.paybond.kit.guard;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a guarded call: one of four.
 *
 * @param <T> what the tool returns
 */
public sealed interface ToolOutcome<T> {

    /**
     * Gives the tool's result, or throws: the place where an answer becomes an exception, for hosts that understand
     * nothing else.
     *
     * @throws ToolDeniedException when the call was refused
     * @throws ApprovalRequiredException when the call waits for a person
     * @throws Exception what the tool threw, as it was thrown; an {@link Error} is rethrown as it is too
     */
    @Nullable T orThrow() throws Exception;

    /** Whether the tool ran and returned. */
    default boolean isExecuted() {
        return this instanceof Executed;
    }

    /**
     * The tool ran and returned. Trouble with its evidence is told in the receipt and never hides the result.
     *
     * @param result what the tool returned
     * @param receipt how the call stands
     */
    record Executed<T>(@Nullable T result, CallReceipt receipt) implements ToolOutcome<T> {
        public Executed {
            Objects.requireNonNull(receipt, "receipt");
        }

        @Override
        public @Nullable T orThrow() {
            return result;
        }

        /** Leaves the result out. */
        @Override
        public String toString() {
            return "Executed[receipt=" + receipt + "]";
        }
    }

    /**
     * The tool did not run.
     *
     * @param decision why not
     */
    record Refused<T>(Decision.Denied decision) implements ToolOutcome<T> {
        public Refused {
            Objects.requireNonNull(decision, "decision");
        }

        @Override
        public T orThrow() {
            throw new ToolDeniedException(decision);
        }
    }

    /**
     * The tool did not run; a person is asked first.
     *
     * @param decision what has to be approved
     */
    record Held<T>(Decision.ApprovalRequired decision) implements ToolOutcome<T> {
        public Held {
            Objects.requireNonNull(decision, "decision");
        }

        @Override
        public T orThrow() {
            throw new ApprovalRequiredException(decision);
        }
    }

    /**
     * The tool threw.
     *
     * @param thrown what it threw, as it was thrown
     * @param inDoubt whether it may have acted nevertheless
     * @param receipt how the call stands
     */
    record Failed<T>(Throwable thrown, boolean inDoubt, CallReceipt receipt) implements ToolOutcome<T> {
        public Failed {
            Objects.requireNonNull(thrown, "thrown");
            Objects.requireNonNull(receipt, "receipt");
        }

        @Override
        public T orThrow() throws Exception {
            throw Failed.<Exception>asThrown(thrown);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Throwable> E asThrown(Throwable thrown) throws E {
            throw (E) thrown;
        }
    }
}
