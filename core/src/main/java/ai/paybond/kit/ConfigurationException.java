package ai.paybond.kit;

import org.jspecify.annotations.Nullable;

/**
 * The program, not the network or the agent, has to change: an option is missing, contradictory or not allowed. The
 * message names the option. Never worth a retry.
 */
public class ConfigurationException extends PaybondException {
    private static final long serialVersionUID = 1L;

    /** See {@link PaybondException#PaybondException(String, String)}. */
    public ConfigurationException(String code, String message) {
        super(code, message);
    }

    /** See {@link PaybondException#PaybondException(String, String, Throwable)}. */
    public ConfigurationException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
