package ai.paybond.kit.audit;

import java.time.Duration;

/**
 * How much of a download is taken.
 *
 * @param maxBytes the largest bundle, in bytes
 * @param timeout how long one attempt may take, all of the bundle included
 */
public record DownloadLimit(long maxBytes, Duration timeout) {
    /** 1 GiB within ten minutes. */
    public static final DownloadLimit DEFAULT = new DownloadLimit(1L << 30, Duration.ofMinutes(10));

    /** @throws IllegalArgumentException when one of them is not positive */
    public DownloadLimit {
        if (maxBytes < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a download needs room and time");
        }
    }
}
