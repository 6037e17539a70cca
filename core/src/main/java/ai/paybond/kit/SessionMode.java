package ai.paybond.kit;

/** How a session reaches Harbor. */
public enum SessionMode {
    /**
     * The API key is exchanged at the Gateway for a short-lived Harbor token, and Harbor is called directly. Chosen when a
     * Harbor URL is configured.
     */
    DIRECT_HARBOR,
    /**
     * The API key itself is the bearer, and Harbor is reached through the Gateway's {@code /harbor} paths, where writes
     * carry a recognition proof. Chosen when no Harbor URL is configured.
     */
    GATEWAY
}
