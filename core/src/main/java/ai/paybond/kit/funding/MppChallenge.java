package ai.paybond.kit.funding;

import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A payment that the Payment scheme asks for, held against the order.
 *
 * @param order what was agreed
 * @param id the challenge's own
 * @param realm whose challenge it is
 * @param method {@code stripe} for a charge, {@code tempo} for a session
 * @param intent {@code charge} or {@code session}
 * @param request what is asked for, decoded
 * @param expires when the challenge ends; absent when it does not say
 * @param parameters every parameter as received, {@code request} included
 * @param raw this one challenge as received, whatever stood beside it
 */
public record MppChallenge(
        FundingOrder order,
        String id,
        String realm,
        String method,
        String intent,
        JsonObject request,
        @Nullable Instant expires,
        Map<String, String> parameters,
        String raw) {
    public MppChallenge {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(request, "request");
        parameters = Map.copyOf(parameters);
    }
}
