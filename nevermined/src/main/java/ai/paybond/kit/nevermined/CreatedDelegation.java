package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A delegation that was just created.
 *
 * @param delegationToken a secret that only card providers give, or null
 */
public record CreatedDelegation(
        String delegationId, @Nullable String delegationToken) {
    /** @throws NeverminedException {@code reply.malformed} if the id is missing */
    public static CreatedDelegation read(JsonObject reply) {
        return new CreatedDelegation(
                Backend.text(reply, "delegationId"),
                reply.string("delegationToken").orElse(null));
    }

    /** The id only. */
    @Override
    public String toString() {
        return "CreatedDelegation[" + delegationId + "]";
    }
}
