package ai.paybond.kit.harbor;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondEnvironment;
import ai.paybond.kit.internal.http.Bearer;
import ai.paybond.kit.internal.http.Endpoint;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.HttpLimits;
import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.internal.http.HttpTransport;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.internal.platform.Connection;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gets a sandbox key of an operator for a device that has none: a person opens a page, types a code and agrees there (OAuth's
 * device flow, RFC 8628). A key for anything but the sandbox is never asked for, and not taken. Thread-safe.
 */
public final class DeviceLogin implements AutoCloseable {
    private static final String CLIENT = "paybond-kit-cli";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration ONE_REQUEST = Duration.ofSeconds(30);
    private static final int MAX_REPLY_BYTES = 64 << 10;
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Pattern SHOWABLE = Pattern.compile("[\\x21-\\x7e]{1,2048}");

    private final Connection gateway;
    private final HttpTransport transport;
    private final Machine machine;

    private DeviceLogin(URI gatewayUrl, Machine machine) {
        this.transport = new HttpTransport(new HttpLimits(ONE_REQUEST, 1, MAX_REPLY_BYTES), machine);
        this.gateway = Connection.gateway(
                transport, Endpoint.of(gatewayUrl, "the Gateway URL"), Bearer.none(), HarborFaults.INSTANCE);
        this.machine = machine;
    }

    /** @throws ConfigurationException {@code url.insecure} and others, for an address that a key must not come from */
    public static DeviceLogin at(URI gatewayUrl) {
        return at(gatewayUrl, Machine.real());
    }

    static DeviceLogin at(URI gatewayUrl, Machine machine) {
        return new DeviceLogin(gatewayUrl, machine);
    }

    /**
     * Asks for a code.
     *
     * @throws DeviceLoginException {@code login.rejected} when the Gateway lets no device in
     * @throws HarborUnreachableException when the Gateway does not answer
     */
    public DeviceCode start() {
        HttpCall call = post(
                Route.DEVICE_START,
                Map.of(
                        "client_id", CLIENT,
                        "client_name", "Paybond CLI",
                        "requested_environment", "sandbox",
                        "service_account_role", "operator"));
        HttpReply http = gateway.send(call);
        if (!http.successful()) {
            throw rejected(error(call, http));
        }
        Reply reply = gateway.parse(call, http);
        return new DeviceCode(
                reply.string("device_code"),
                shown(reply, "user_code", reply.string("user_code")),
                shown(reply, "verification_uri", reply.string("verification_uri")),
                reply.optionalString("verification_uri_complete")
                        .map(uri -> shown(reply, "verification_uri_complete", uri))
                        .orElse(null),
                seconds(reply, "expires_in", 600),
                seconds(reply, "interval", 5));
    }

    /** A terminal would act on what is not printable. */
    private static String shown(Reply reply, String member, String text) {
        if (!SHOWABLE.matcher(text).matches()) {
            throw reply.wrongType(member, "one line of printable ASCII");
        }
        return text;
    }

    private static Duration seconds(Reply reply, String member, long absent) {
        long seconds = reply.optionalInteger(member).orElse(absent);
        return Duration.ofSeconds(Math.max(1, Math.min(seconds, LONGEST_LIFE.toSeconds())));
    }

    /**
     * Waits until a person has agreed, for as long as the code lives. A Gateway that is out of reach meanwhile ends nothing.
     *
     * @throws DeviceLoginException {@code login.denied}, {@code login.expired}, {@code login.rejected} for any other refusal,
     *     {@code login.live_key} and {@code login.wrong_role} for a key that is not a sandbox operator's
     * @throws InterruptedException when the thread is interrupted
     */
    public DeviceGrant await(DeviceCode code) throws InterruptedException {
        long begun = machine.nanoTime();
        Duration interval = code.interval();
        while (true) {
            machine.sleep(interval);
            if (machine.nanoTime() - begun > code.expiresIn().toNanos()) {
                throw new DeviceLoginException("login.expired", "nobody agreed in time");
            }
            HttpCall call = post(
                    Route.DEVICE_TOKEN,
                    Map.of("grant_type", GRANT, "device_code", code.deviceCode(), "client_id", CLIENT));
            HttpReply http = answer(call);
            if (http != null && http.successful()) {
                return granted(gateway.parse(call, http));
            }
            interval = http == null ? interval : nextPause(error(call, http), interval);
        }
    }

    /** Null when there was none. */
    private @Nullable HttpReply answer(HttpCall call) {
        try {
            HttpReply reply = gateway.send(call);
            return HarborHttpException.isTransient(reply.status()) ? null : reply;
        } catch (HarborUnreachableException e) {
            return null;
        }
    }

    private static Duration nextPause(JsonObject error, Duration interval) {
        Duration asked = error.integer("interval")
                .map(seconds -> Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_LIFE.toSeconds()))))
                .orElse(Duration.ZERO);
        return switch (error.string("error").orElse("")) {
            case "authorization_pending" -> longer(interval, asked);
            case "slow_down" -> longer(interval.plus(SLOWER), asked);
            case "access_denied" -> throw new DeviceLoginException("login.denied", "the login was denied");
            case "expired_token" -> throw new DeviceLoginException("login.expired", "the code has expired");
            default -> throw rejected(error);
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static DeviceLoginException rejected(JsonObject error) {
        String why = error.string("error")
                .filter(text -> text.matches("[a-z_]{1,64}"))
                .orElse("no reason given");
        return new DeviceLoginException("login.rejected", "the Gateway refuses the login: " + why);
    }

    private JsonObject error(HttpCall call, HttpReply http) {
        try {
            return gateway.parse(call, http).json();
        } catch (ProtocolException e) {
            return JsonObject.builder().build();
        }
    }

    private static DeviceGrant granted(Reply reply) {
        ApiKey key = key(reply);
        if (!reply.string("environment").equals("sandbox")
                || !key.environment().equals(Optional.of(PaybondEnvironment.SANDBOX))) {
            throw new DeviceLoginException("login.live_key", "the Gateway sent a key that is not for the sandbox");
        }
        if (!reply.string("service_account_role").equals("operator")) {
            throw new DeviceLoginException("login.wrong_role", "the Gateway sent a key that is not an operator's");
        }
        return new DeviceGrant(
                key,
                shown(reply, "tenant_id", reply.string("tenant_id")),
                shown(reply, "tenant_uuid", reply.string("tenant_uuid")),
                reply.optionalString("expires_at").orElse(null));
    }

    private static ApiKey key(Reply reply) {
        try {
            return ApiKey.of(reply.string("access_token"));
        } catch (ConfigurationException e) {
            throw reply.wrongType("access_token", "an API key");
        }
    }

    private HttpCall post(Route route, Map<String, String> body) {
        byte[] json = JsonObject.of(body).toJson().getBytes(StandardCharsets.UTF_8);
        return gateway.call(route).json(json).build();
    }

    /** Ends a wait that is under way, and releases the sockets. */
    @Override
    public void close() {
        transport.close();
    }

    /**
     * What a person needs to agree. {@link #toString()} hides the device's half.
     *
     * @param deviceCode the device's half; a secret
     * @param userCode what the person types
     * @param verificationUri where
     * @param verificationUriComplete the same with the code in it; absent when the Gateway has no such form
     * @param expiresIn how long the codes live
     * @param interval the pause between two questions
     */
    public record DeviceCode(
            String deviceCode,
            String userCode,
            String verificationUri,
            @Nullable String verificationUriComplete,
            Duration expiresIn,
            Duration interval) {
        @Override
        public String toString() {
            return "DeviceCode[userCode=" + userCode + ", verificationUri=" + verificationUri + "]";
        }
    }

    /**
     * What the device gets.
     *
     * @param apiKey a sandbox key of an operator
     * @param tenantId whose key it is
     * @param tenantUuid the tenant's UUID
     * @param expiresAt when the key ends, as the Gateway writes it; absent when it does not
     */
    public record DeviceGrant(
            ApiKey apiKey,
            String tenantId,
            String tenantUuid,
            @Nullable String expiresAt) {}
}
