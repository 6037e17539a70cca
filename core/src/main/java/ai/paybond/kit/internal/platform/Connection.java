package ai.paybond.kit.internal.platform;

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
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server and the credential for it. Turns what can go wrong on the way into the kit's exceptions. Safe for use by many
 * threads.
 */
public final class Connection {
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    private final HttpTransport transport;
    private final Endpoint endpoint;
    private final boolean gateway;
    private final Bearer bearer;
    private final Faults faults;

    private Connection(HttpTransport transport, Endpoint endpoint, boolean gateway, Bearer bearer, Faults faults) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.gateway = gateway;
        this.bearer = bearer;
        this.faults = faults;
    }

    /** The Gateway, which has Harbor's routes under {@code /harbor}. */
    public static Connection gateway(HttpTransport transport, Endpoint endpoint, Bearer bearer, Faults faults) {
        return new Connection(transport, endpoint, true, bearer, faults);
    }

    /** Harbor itself, behind the same transport. */
    public Connection directHarbor(Endpoint harbor, Bearer token) {
        return new Connection(transport, harbor, false, token, faults);
    }

    /** A call of this server; the parameters are those of the route's path. */
    public HttpCall.Builder call(Route route, String... parameters) {
        String path = route.path(List.of(parameters), gateway);
        Bearer credential = route.isAnonymous() ? Bearer.none() : bearer;
        return HttpCall.to(route.method(), endpoint, path, credential).repeated(route.repeat());
    }

    /** The reply, whatever its status. */
    public HttpReply send(HttpCall call) {
        try {
            return transport.send(call);
        } catch (HttpFailure e) {
            throw faults.failed(call, e);
        }
    }

    /** What to throw for an error status. */
    public PaybondException rejected(HttpCall call, HttpReply reply) {
        return faults.rejected(call, reply);
    }

    /** Reads the JSON object of a reply. */
    public Reply parse(HttpCall call, HttpReply reply) {
        if (jsonValue(call, reply) instanceof JsonObject object) {
            return new Reply(call.toString(), object, faults);
        }
        throw faults.unusable("reply.wrong_type", call + ": the reply is not a JSON object", null);
    }

    /** The size was bounded when the reply was read. */
    private JsonValue jsonValue(HttpCall call, HttpReply reply) {
        byte[] body = reply.body();
        JsonLimits limits = new JsonLimits(
                Math.max(1, body.length), JsonLimits.DEFAULT.maxDepth(), JsonLimits.DuplicateKeys.REFUSE);
        try {
            return JsonValue.parse(body, limits);
        } catch (JsonException e) {
            throw faults.unusable("reply.not_json", call + ": the reply is not JSON (" + e.code() + ")", e);
        }
    }

    /** The value, fit for a header. */
    public static String checkedHeader(String code, String what, @Nullable String value) {
        if (value == null || !HEADER_VALUE.matcher(value).matches()) {
            throw new ConfigurationException(code, what + " is not one line of printable ASCII");
        }
        return value;
    }
}
