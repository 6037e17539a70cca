package ai.paybond.kit.guard;

/**
 * Surrounds guarded calls, for traces, timers and log contexts. Never steers: what it throws is logged and dropped, and the
 * call goes on without it. Must be thread-safe and quick.
 */
@FunctionalInterface
public interface CallObserver {

    /** A call has arrived. Called on the thread that asks. */
    CallObservation begin(ObservedCall call);

    /** What a call goes through, in this order; a stage that is not reached is not told. */
    enum Stage {
        /** The local gates: declaration, deadline, capability, approval. Once more after an approval. */
        VERIFY,
        /** The question to the authority. Once more after an approval. */
        AUTHORIZE,
        /** The tool itself; of a tool in stages, its start. Once at most. */
        RUN,
        /** Signing, journaling and, unless that is deferred, the first attempt to deliver. */
        DELIVER
    }

    /** One call, from its arrival to its answer. Its methods are called on the threads that do the work. */
    interface CallObservation {

        /** A stage begins; the scope is closed when it ends, on the same thread. */
        default Scope stage(Stage stage) {
            return () -> {};
        }

        /** The call may run and has been journaled as started. */
        default void allowed(Decision.Allowed decision) {}

        /**
         * The call is answered, once. A result that comes after its time is up is told to {@link GuardListener} only. May be
         * missed when the process ends.
         */
        default void ended(ToolOutcome<?> outcome) {}
    }

    /** A stretch of one thread's work. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
