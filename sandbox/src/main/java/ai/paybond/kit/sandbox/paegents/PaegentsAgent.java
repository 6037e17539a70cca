package ai.paybond.kit.sandbox.paegents;

/**
 * An agent of the sandbox. The credentials are good in this sandbox only.
 *
 * @param apiKey the agent's own
 * @param ownerJwt its owner's
 */
public record PaegentsAgent(String id, String apiKey, String ownerJwt) {

    /** The id only. */
    @Override
    public String toString() {
        return "PaegentsAgent[" + id + "]";
    }
}
