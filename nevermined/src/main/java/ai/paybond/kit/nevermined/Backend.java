package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendHttp;
import ai.paybond.kit.nevermined.internal.BackendReply;
import ai.paybond.kit.nevermined.internal.BackendRequest;
import ai.paybond.kit.nevermined.internal.NoReplyException;
import ai.paybond.kit.nevermined.internal.RequestHeaders;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;

/** The backend as every client here sees it: one request, one reply, or one typed failure. */
final class Backend {
    private final BackendHttp http;
    private final NeverminedOptions options;

    Backend(BackendHttp http, NeverminedOptions options) {
        this.http = http;
        this.options = options;
    }

    BackendReply exchange(BackendRequest request) throws NoReplyException {
        return http.send(request, headers(request));
    }

    /** The reply's JSON object. */
    JsonObject require(BackendRequest request) {
        BackendReply reply = send(request);
        if (!reply.successful()) {
            throw new NeverminedException(request.toString(), BackendError.of(reply.status(), reply.body()));
        }
        try {
            return JsonObject.parse(reply.body());
        } catch (WireException e) {
            throw NeverminedException.malformed("the reply to " + request);
        }
    }

    private BackendReply send(BackendRequest request) {
        try {
            return exchange(request);
        } catch (NoReplyException e) {
            throw new NeverminedException(e.kind().code(), request + " got no usable reply: " + e.kind(), e);
        }
    }

    private Map<String, String> headers(BackendRequest request) {
        String apiKey = request.isPublic() ? null : options.apiKey().expose();
        return RequestHeaders.of(apiKey, options.version(), options.organization());
    }

    static String text(JsonObject reply, String member) {
        return reply.string(member)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> NeverminedException.malformed(member + " of the reply"));
    }
}
