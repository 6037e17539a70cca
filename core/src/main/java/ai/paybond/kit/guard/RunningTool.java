package ai.paybond.kit.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A tool that others may ask to stop. {@link #run} reports its end exactly once; {@link #stop} may come at any time. */
sealed interface RunningTool<T> {

    void run(ResolvedCall call, Consumer<ToolRun<T>> end);

    /** Asks the tool to stop. It may go on nevertheless, and its end is reported in any case. */
    void stop();

    /** Runs on the thread that it is given and is stopped by an interrupt. */
    final class OnThread<T> implements RunningTool<T> {
        private final ToolBody<T> body;
        private @Nullable Thread thread;
        private boolean stopped;

        OnThread(ToolBody<T> body) {
            this.body = body;
        }

        @Override
        public void run(ResolvedCall call, Consumer<ToolRun<T>> end) {
            enter();
            ToolRun<T> ran = ToolRun.of(call, body);
            leave();
            end.accept(ran);
        }

        private synchronized void enter() {
            thread = Thread.currentThread();
            if (stopped) {
                thread.interrupt();
            }
        }

        /** The interrupt was meant for the tool, and is not for whatever the thread does next. */
        private synchronized void leave() {
            thread = null;
            if (stopped) {
                Thread.interrupted();
            }
        }

        @Override
        public synchronized void stop() {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** Is started on the thread that it is given and ends on another; stopped by cancelling its stage. */
    final class InStages<T> implements RunningTool<T> {
        private final AsyncToolBody<T> body;
        private final Executor executor;
        private @Nullable CompletionStage<? extends @Nullable T> stage;
        private boolean stopped;

        InStages(AsyncToolBody<T> body, Executor executor) {
            this.body = body;
            this.executor = executor;
        }

        @Override
        public void run(ResolvedCall call, Consumer<ToolRun<T>> end) {
            ToolRun<CompletionStage<? extends @Nullable T>> started = ToolRun.of(call, body::start);
            if (started instanceof ToolRun.Threw<CompletionStage<? extends @Nullable T>> threw) {
                end.accept(new ToolRun.Threw<>(threw.thrown(), threw.doubtful()));
                return;
            }
            CompletionStage<? extends @Nullable T> running =
                    ((ToolRun.Returned<CompletionStage<? extends @Nullable T>>) started).result();
            if (running == null) {
                end.accept(new ToolRun.Threw<>(new NullPointerException("the tool gave no stage"), true));
                return;
            }
            await(call, running, end);
        }

        private void await(
                ResolvedCall call, CompletionStage<? extends @Nullable T> running, Consumer<ToolRun<T>> end) {
            if (keep(running)) {
                cancel(running);
            }
            running.whenCompleteAsync((result, thrown) -> end.accept(ended(call, result, thrown)), this::execute);
        }

        private ToolRun<T> ended(ResolvedCall call, @Nullable T result, @Nullable Throwable thrown) {
            Throwable cause = thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : thrown;
            return cause == null
                    ? new ToolRun.Returned<>(result)
                    : new ToolRun.Threw<>(cause, call.tool().failures().isDoubtful(cause));
        }

        /** What the tool did is accounted for even when the executor takes nothing any more. */
        private void execute(Runnable task) {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        }

        private synchronized boolean keep(CompletionStage<? extends @Nullable T> running) {
            stage = running;
            return stopped;
        }

        @Override
        public void stop() {
            CompletionStage<? extends @Nullable T> running;
            synchronized (this) {
                stopped = true;
                running = stage;
            }
            if (running != null) {
                cancel(running);
            }
        }

        private static void cancel(CompletionStage<?> running) {
            if (running instanceof CompletableFuture<?> future) {
                future.cancel(true);
            }
        }
    }
}
