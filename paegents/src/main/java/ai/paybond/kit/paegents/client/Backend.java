package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.internal.HttpReply;
import ai.paybond.kit.paegents.internal.HttpRequest;
import ai.paybond.kit.paegents.internal.NoReplyException;
import ai.paybond.kit.paegents.internal.RetryingSender;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API as every client here sees it: one call, one reply or one typed failure. */
final class Backend {
    private final RetryingSender sender;
    private final PaegentsOptions options;
    private final String agentId;
    private final @Nullable OwnerJwt owner;

    Backend(RetryingSender sender, PaegentsOptions options, String agentId, @Nullable OwnerJwt owner) {
        this.sender = sender;
        this.options = options;
        this.agentId = agentId;
        this.owner = owner;
    }

    String agentId() {
        return agentId;
    }

    PaegentsOptions options() {
        return options;
    }

    UUID freshId() {
        return options.ids.get();
    }

    ApiCall get(String... segments) {
        return new ApiCall(this, "GET", segments);
    }

    ApiCall post(String... segments) {
        return new ApiCall(this, "POST", segments);
    }

    ApiCall put(String... segments) {
        return new ApiCall(this, "PUT", segments);
    }

    ApiCall patch(String... segments) {
        return new ApiCall(this, "PATCH", segments);
    }

    ApiCall delete(String... segments) {
        return new ApiCall(this, "DELETE", segments);
    }

    /** The same server, for another agent or in the name of another owner. */
    Backend as(String otherAgent, @Nullable OwnerJwt otherOwner) {
        return new Backend(sender, options, otherAgent, otherOwner);
    }

    @Nullable OwnerJwt owner() {
        return owner;
    }

    /** A reply of success. */
    HttpReply exchange(HttpRequest request) {
        HttpReply reply = send(request);
        if (reply.isSuccessful()) {
            return reply;
        }
        ApiError error = ApiError.of(reply.status(), reply.body());
        if (error.policyDenied()) {
            throw new PolicyDeniedException(request.toString(), error);
        }
        throw failure(request, error);
    }

    /** A reply of success; a refusal is never taken for a policy's. */
    HttpReply exchangeMetered(HttpRequest request) {
        HttpReply reply = send(request);
        if (!reply.isSuccessful()) {
            throw failure(request, ApiError.of(reply.status(), reply.body()));
        }
        return reply;
    }

    private static PaegentsApiException failure(HttpRequest request, ApiError error) {
        return new PaegentsApiException(request.toString(), error, RetryingSender.isPassing(error.status()));
    }

    private HttpReply send(HttpRequest request) {
        try {
            return sender.send(request);
        } catch (NoReplyException e) {
            String message = request + " got no usable reply: " + e.kind();
            throw new PaegentsApiException(e.kind().code(), message, e.kind().isPassing(), e);
        }
    }
}
