package ai.paybond.kit.cli.soak;

import ai.paybond.kit.wire.json.JsonObject;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What this process holds while nothing is under way.
 *
 * @param calls guarded calls so far
 * @param threads alive
 * @param descriptors open files and sockets; -1 where the platform does not say
 * @param heapBytes in use after a collection
 */
record Sample(Duration at, long calls, int threads, long descriptors, long heapBytes) {
    private static final int COLLECTIONS = 3;

    static Sample take(Duration at, long calls) {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new Sample(
                at,
                calls,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                openDescriptors(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("seconds", at.toSeconds())
                .put("calls", calls)
                .put("threads", threads)
                .put("descriptors", descriptors)
                .put("heap_kib", heapBytes / 1024)
                .build();
    }
}
