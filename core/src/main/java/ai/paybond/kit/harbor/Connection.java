package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.http.Bearer;
import ai.paybond.kit.internal.http.Endpoint;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.HttpFailure;
import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.internal.http.HttpTransport;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server and the credential for it. Turns what can go wrong on the way into the kit's exceptions; knows no route.
 * Safe for use by many threads.
 */
final class Connection {
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
    private static final int LONGEST_IDEMPOTENCY_KEY = 256;

    private final HttpTransport transport;
    private final Endpoint endpoint;
    private final Bearer bearer;

    Connection(HttpTransport transport, Endpoint endpoint, Bearer bearer) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.bearer = bearer;
    }

    HttpCall.Builder get(String path) {
        return HttpCall.get(endpoint, path, bearer);
    }

    HttpCall.Builder post(String path) {
        return HttpCall.post(endpoint, path, bearer);
    }

    HttpCall.Builder postJson(String path, byte[] json, String idempotencyKey) {
        return HttpCall.postJson(endpoint, path, bearer, json).header("idempotency-key", checkedKey(idempotencyKey));
    }

    /** A question that changes nothing however often it is sent, and so carries no idempotency key. */
    HttpCall.Builder askJson(String path, byte[] json) {
        return HttpCall.postJson(endpoint, path, bearer, json);
    }

    /** The JSON object of a 2xx reply. */
    Reply json(HttpCall call) {
        return parse(call, ok(call));
    }

    /** A 2xx reply, whatever its body. */
    HttpReply ok(HttpCall call) {
        HttpReply reply = send(call);
        if (!reply.successful()) {
            throw rejected(call, reply);
        }
        return reply;
    }

    HttpReply send(HttpCall call) {
        try {
            return transport.send(call);
        } catch (HttpFailure e) {
            throw translated(call, e);
        }
    }

    static HarborHttpException rejected(HttpCall call, HttpReply reply) {
        ServerError error = ServerError.of(reply);
        boolean retryable = HarborHttpException.isTransient(reply.status());
        return new HarborHttpException(
                reply.status(),
                error.code(),
                error.harborCode(),
                call.method(),
                call.path(),
                error.requestId(),
                retryable,
                reply.retryAfter().orElse(null));
    }

    static Reply parse(HttpCall call, HttpReply reply) {
        if (jsonValue(call, reply) instanceof JsonObject object) {
            return new Reply(call.toString(), object);
        }
        throw new ProtocolException("reply.wrong_type", call + ": the reply is not a JSON object");
    }

    /** The size was bounded when the reply was read. */
    private static JsonValue jsonValue(HttpCall call, HttpReply reply) {
        byte[] body = reply.body();
        JsonLimits limits = new JsonLimits(
                Math.max(1, body.length), JsonLimits.DEFAULT.maxDepth(), JsonLimits.DuplicateKeys.REFUSE);
        try {
            return JsonValue.parse(body, limits);
        } catch (JsonException e) {
            throw new ProtocolException("reply.not_json", call + ": the reply is not JSON (" + e.code() + ")", e);
        }
    }

    private static PaybondException translated(HttpCall call, HttpFailure e) {
        String message = call + ": " + e.getMessage();
        return switch (e.kind()) {
            case UNREACHABLE -> new HarborUnreachableException("harbor.unreachable", message, e);
            case TIMED_OUT -> new HarborUnreachableException("harbor.timeout", message, e);
            case INTERRUPTED -> new HarborUnreachableException("harbor.interrupted", message, e);
            case TRUNCATED -> new ProtocolException("reply.truncated", message, e);
            case TOO_LARGE -> new ProtocolException("reply.too_large", message, e);
            case REDIRECTED -> new ProtocolException("reply.redirect", message, e);
            case CLOSED -> new PaybondException("session.closed", message, e);
        };
    }

    private static String checkedKey(String key) {
        if (key.isBlank() || key.length() > LONGEST_IDEMPOTENCY_KEY) {
            throw new ConfigurationException("idempotency_key.invalid", "an idempotency key has 1 to 256 characters");
        }
        return checkedHeader("idempotency_key.invalid", "the idempotency key", key);
    }

    /** The value, fit for a header. */
    static String checkedHeader(String code, String what, @Nullable String value) {
        if (value == null || !HEADER_VALUE.matcher(value).matches()) {
            throw new ConfigurationException(code, what + " is not one line of printable ASCII");
        }
        return value;
    }
}
