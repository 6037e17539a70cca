package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.ConfigurationException;
import java.time.Duration;

/**
 * How far one access token goes in this process. Tokens are good for many calls by design, until their delegation ends; these bounds
 * limit what a stolen or replayed one does meanwhile.
 *
 * @param maxInFlight calls at a time
 * @param maxUses admitted calls within the window
 * @param window the time that uses are counted over
 */
public record TokenLimits(int maxInFlight, int maxUses, Duration window) {
    /** 64 calls at a time, 1,000 in an hour. */
    public static final TokenLimits DEFAULT = new TokenLimits(64, 1_000, Duration.ofHours(1));

    /** @throws ConfigurationException {@code limits.invalid} if one is not positive */
    public TokenLimits {
        if (maxInFlight < 1 || maxUses < 1 || window.isZero() || window.isNegative()) {
            throw new ConfigurationException("limits.invalid", "a token's limits must be positive");
        }
    }
}
