package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.internal.HttpReply;
import ai.paybond.kit.paegents.internal.HttpRequest;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SDK: {@code create_metered_client}. Calls a seller through Paegents' proxy, which counts units. Every attempt carries a
 * fresh nonce; only reads are sent again. A path stays below the agreement: absolute addresses, empty and dotted segments are
 * refused with {@code request.invalid}, and {@code /status} is the proxy's own. Thread-safe.
 */
public final class MeteredClient {
    private static final Pattern SEGMENT = Pattern.compile("[^/\\\\?#\\p{Cntrl}]{1,500}");
    private static final Set<String> OWN_HEADERS =
            Set.of("authorization", "x-api-key", "x-request-nonce", "content-type", "host", "content-length");

    private final Backend backend;
    private final String agreementId;

    MeteredClient(Backend backend, String agreementId) {
        ApiCall.requireSegment(agreementId);
        this.backend = backend;
        this.agreementId = agreementId;
    }

    /** A seller's answer. */
    public record MeteredReply(
            int status, String text, @Nullable Long units) {
        /** The answer as JSON; empty if it is none. */
        public Optional<JsonValue> json() {
            try {
                return Optional.of(JsonValue.parse(text));
            } catch (WireException e) {
                return Optional.empty();
            }
        }

        /** The size only: what a seller answers may be confidential. */
        @Override
        public String toString() {
            return "MeteredReply[status=" + status + ", chars=" + text.length() + ", units=" + units + "]";
        }
    }

    /** What has been used. */
    public record UsageStatus(JsonObject raw) {
        public long unitsUsed() {
            return number("units_used");
        }

        public long unitsTotal() {
            return number("units_total");
        }

        public long unitsRemaining() {
            return number("units_remaining");
        }

        /** The agreement's status. */
        public String status() {
            return raw.string("status").orElse("unknown");
        }

        public Optional<String> escrowStatus() {
            return raw.string("escrow_status");
        }

        private long number(String name) {
            return Members.integer(raw, name)
                    .orElseThrow(() -> PaegentsApiException.malformed("the member " + name + " of the reply"));
        }
    }

    /** A call to be made. */
    private record Outgoing(
            String method, String path, @Nullable JsonValue body, Map<String, String> query) {}

    public MeteredReply get(String path) {
        return get(path, Map.of(), Map.of());
    }

    /** Answers within five seconds of the same read are the proxy's copy, and cost nothing. */
    public MeteredReply get(String path, Map<String, String> query, Map<String, String> headers) {
        return call(new Outgoing("GET", path, null, query), headers);
    }

    public MeteredReply post(String path, JsonValue body) {
        return post(path, body, Map.of());
    }

    public MeteredReply post(String path, JsonValue body, Map<String, String> headers) {
        return call(new Outgoing("POST", path, body, Map.of()), headers);
    }

    public MeteredReply put(String path, JsonValue body, Map<String, String> headers) {
        return call(new Outgoing("PUT", path, body, Map.of()), headers);
    }

    public MeteredReply patch(String path, JsonValue body, Map<String, String> headers) {
        return call(new Outgoing("PATCH", path, body, Map.of()), headers);
    }

    public MeteredReply delete(String path, Map<String, String> headers) {
        return call(new Outgoing("DELETE", path, null, Map.of()), headers);
    }

    /** SDK: {@code get_usage_status}. */
    public UsageStatus usageStatus() {
        HttpReply reply = send(new Outgoing("GET", "status", null, Map.of()), List.of("status"), Map.of());
        try {
            return new UsageStatus(JsonObject.parse(reply.body()));
        } catch (WireException e) {
            throw PaegentsApiException.malformed("the usage status");
        }
    }

    private MeteredReply call(Outgoing call, Map<String, String> headers) {
        List<String> path = segments(call.path());
        if (path.equals(List.of("status"))) {
            throw invalid("the path /status is the proxy's own");
        }
        HttpReply reply = send(call, path, headers);
        String units = reply.header("x-usage-units");
        boolean counted = units != null && units.matches("[0-9]{1,18}");
        return new MeteredReply(
                reply.status(), new String(reply.body(), StandardCharsets.UTF_8), counted ? Long.valueOf(units) : null);
    }

    private HttpReply send(Outgoing call, List<String> path, Map<String, String> headers) {
        List<String> segments = new ArrayList<>(List.of("metered-proxy", agreementId));
        segments.addAll(path);
        Map<String, String> own = checked(headers);
        String json = call.body() == null ? null : call.body().toJson();
        return backend.exchangeMetered(new HttpRequest(
                call.method(),
                segments,
                call.query(),
                () -> headers(own),
                json,
                call.method().equals("GET")));
    }

    private static List<String> segments(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        List<String> segments = List.of(relative.split("/", -1));
        for (String segment : segments) {
            boolean fits = SEGMENT.matcher(segment).matches() && !segment.matches("(?i)(\\.|%2e){1,2}");
            if (!fits) {
                throw invalid("the path does not stay below the agreement");
            }
        }
        return segments;
    }

    private Map<String, String> headers(Map<String, String> own) {
        Map<String, String> headers = new LinkedHashMap<>(own);
        headers.put("Content-Type", "application/json");
        headers.put("X-Request-Nonce", backend.freshId().toString());
        headers.put("Authorization", "Bearer " + backend.options().apiKey.expose());
        return headers;
    }

    private static Map<String, String> checked(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            boolean shaped = name.matches("[A-Za-z0-9-]{1,64}") && value.matches("[\\x20-\\x7e]{0,4096}");
            if (!shaped || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw invalid("a header is malformed, or the client's own");
            }
        });
        return headers;
    }

    private static PaegentsApiException invalid(String message) {
        return new PaegentsApiException("request.invalid", message, false, null);
    }
}
