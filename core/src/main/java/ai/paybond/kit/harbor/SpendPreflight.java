package ai.paybond.kit.harbor;

import ai.paybond.kit.harbor.PreflightResult.Outcome;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;

/**
 * Asks what would become of a spend, without making or reserving it. Never a permission: only {@link HarborClient#verify} is.
 * Thread-safe. Failures are those of {@link HarborClient}.
 */
public final class SpendPreflight {
    private final Channel channel;

    SpendPreflight(Channel channel) {
        this.channel = channel;
    }

    /** Asks; writes nothing. */
    public PreflightResult ask(PreflightRequest request) {
        Reply reply = about(
                request.intentId(),
                channel.to(Route.SPEND_PREFLIGHT).json(request.body()).reply());
        return new PreflightResult(
                outcome(reply.string("outcome")),
                reply.string("classification"),
                reply.strings("reason_codes"),
                reply.optionalInteger("remaining_cents").orElse(null),
                reply.optionalInteger("policy_version").orElse(null),
                reply.optionalString("explanation").orElse(null),
                reply.json());
    }

    /** The contract promises no echo here; what is named must be what was asked about. */
    private Reply about(String intentId, Reply reply) {
        if (reply.json().has("tenant_id")) {
            reply.ofTenant("tenant_id", channel.tenantId());
        }
        reply.json().object("spend_scope").map(reply::inner).ifPresent(scope -> requireScope(intentId, scope));
        return reply;
    }

    private static void requireScope(String intentId, Reply scope) {
        String key = scope.optionalString("scope_key").orElse("");
        if (scope.optionalString("scope_type").filter("intent"::equals).isPresent()
                && !key.equalsIgnoreCase(intentId)) {
            throw scope.mismatch("intent", intentId, key);
        }
    }

    private static Outcome outcome(String text) {
        return switch (text) {
            case "allow" -> Outcome.ALLOWED;
            case "approval_required" -> Outcome.APPROVAL_REQUIRED;
            default -> Outcome.DENIED;
        };
    }
}
