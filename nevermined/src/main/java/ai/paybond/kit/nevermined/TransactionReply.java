package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;

/**
 * What the backend says about a write on the chain.
 *
 * @param json the whole object
 */
public record TransactionReply(JsonObject json) {
    /** Whether it says success; false if it does not say. */
    public boolean success() {
        return json.bool("success").orElse(false);
    }

    /** The transaction, if there is one. */
    public Optional<String> transactionHash() {
        return json.string("txHash").filter(text -> !text.isEmpty());
    }
}
