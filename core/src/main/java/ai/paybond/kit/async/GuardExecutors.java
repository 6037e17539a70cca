package ai.paybond.kit.async;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Executors that suit guarded calls, which wait for networks and tools. */
public final class GuardExecutors {
    private GuardExecutors() {}

    /** A new virtual thread for each task on Java 21 and later, cached platform threads before. The caller closes it. */
    public static ExecutorService virtualOrCached() {
        return virtual(MethodHandles.publicLookup(), "newVirtualThreadPerTaskExecutor")
                .get();
    }

    /** This class is compiled for 17, where the method is not there yet. */
    static Supplier<ExecutorService> virtual(MethodHandles.Lookup lookup, String method) {
        MethodHandle virtual;
        try {
            virtual = lookup.findStatic(Executors.class, method, MethodType.methodType(ExecutorService.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return Executors::newCachedThreadPool;
        }
        return () -> {
            try {
                return (ExecutorService) virtual.invokeExact();
            } catch (Throwable e) {
                throw new IllegalStateException("no virtual threads", e);
            }
        };
    }
}
