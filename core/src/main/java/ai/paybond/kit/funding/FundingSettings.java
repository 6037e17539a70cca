package ai.paybond.kit.funding;

import ai.paybond.kit.ConfigurationException;
import java.time.Duration;

/**
 * How long funding waits for a rail.
 *
 * @param interval the pause between two looks, longer when the server asks for it; default 2 seconds
 * @param limit how long is waited in all; default 60 seconds
 */
public record FundingSettings(Duration interval, Duration limit) {
    /** The defaults. */
    public static final FundingSettings STANDARD = new FundingSettings(Duration.ofSeconds(2), Duration.ofSeconds(60));

    /** @throws ConfigurationException {@code duration.invalid} when there is no pause, or a negative limit */
    public FundingSettings {
        if (interval.isNegative() || interval.isZero() || limit.isNegative()) {
            throw new ConfigurationException("duration.invalid", "there is a pause between two looks, and a limit");
        }
    }
}
