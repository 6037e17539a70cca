package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an agent asks for: x402 version 2 {@code PaymentRequired}. Absent members are left out when written and may be null when
 * read.
 *
 * @param error why it is asked now, for people
 * @param accepts the plans that would pay, any one of them
 */
public record PaymentRequired(
        @Nullable String error, Resource resource, List<Accepted> accepts, JsonObject extensions) {
    /** The response header of a 402 that carries this. */
    public static final String HEADER = "payment-required";

    static final long X402_VERSION = 2;

    public PaymentRequired {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(extensions, "extensions");
        accepts = List.copyOf(accepts);
    }

    /** Starts a requirement that this plan meets. */
    public static Builder forPlan(String planId, PaymentScheme scheme) {
        return forPlans(List.of(planId), scheme);
    }

    /**
     * Starts a requirement that any of these plans meets.
     *
     * @throws NeverminedException {@code validation} if there is none, or one is not an identifier
     */
    public static Builder forPlans(List<String> planIds, PaymentScheme scheme) {
        Objects.requireNonNull(scheme, "scheme");
        return new Builder(planIds, planId -> scheme);
    }

    /** As {@link #forPlans(List, PaymentScheme)}, each plan with the scheme that is found for it. */
    public static Builder forPlans(List<String> planIds, Function<String, PaymentScheme> schemes) {
        return new Builder(planIds, schemes);
    }

    /** Reads the JSON form; empty if it is not x402 version 2 or an entry of {@code accepts} is incomplete. */
    public static Optional<PaymentRequired> read(JsonObject json) {
        Optional<JsonArray> accepts = json.array("accepts");
        if (json.integer("x402Version").orElse(0L) != X402_VERSION || accepts.isEmpty()) {
            return Optional.empty();
        }
        List<Accepted> options = accepts.get()
                .objectItems()
                .flatMap(item -> Accepted.read(item).stream())
                .toList();
        if (options.size() != accepts.get().items().size()) {
            return Optional.empty();
        }
        return Optional.of(new PaymentRequired(
                json.string("error").orElse(null),
                Resource.read(json.object("resource").orElse(empty())),
                options,
                json.object("extensions").orElse(empty())));
    }

    /** Reads the value of a {@link #HEADER}; empty if it is not base64 of the JSON form. */
    public static Optional<PaymentRequired> fromHeader(String value) {
        return Base64Json.decode(value).flatMap(PaymentRequired::read);
    }

    /** The JSON form. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("x402Version", X402_VERSION)
                .putIfPresent("error", error)
                .put("resource", resource.toJson())
                .put("accepts", accepts.stream().map(Accepted::toJson).toList())
                .put("extensions", extensions)
                .build();
    }

    /** The value of a {@link #HEADER}: standard base64 of {@link #toJson()}. */
    public String toHeader() {
        return Base64Json.standard(toJson());
    }

    /** The same requirement, with the reason why it is asked now. */
    public PaymentRequired withError(String reason) {
        return new PaymentRequired(reason, resource, accepts, extensions);
    }

    private static JsonObject empty() {
        return JsonObject.builder().build();
    }

    /** What is paid for. The url is empty if nobody said. */
    public record Resource(
            String url,
            @Nullable String description,
            @Nullable String mimeType) {
        public Resource {
            Objects.requireNonNull(url, "url");
        }

        private static Resource read(JsonObject json) {
            return new Resource(
                    json.string("url").orElse(""),
                    json.string("description").orElse(null),
                    json.string("mimeType").orElse(null));
        }

        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("url", url)
                    .putIfPresent("description", description)
                    .putIfPresent("mimeType", mimeType)
                    .build();
        }
    }

    /**
     * One way to pay.
     *
     * @param planId a 256-bit number in decimal, kept as text
     * @param extra version, agent and verb
     */
    public record Accepted(PaymentScheme scheme, String planId, JsonObject extra) {
        public Accepted {
            Objects.requireNonNull(scheme, "scheme");
            Objects.requireNonNull(planId, "planId");
            extra = withoutNulls(extra);
        }

        private static Optional<Accepted> read(JsonObject json) {
            JsonObject extra = json.object("extra").orElse(empty());
            return PaymentScheme.read(json)
                    .flatMap(scheme -> json.string("planId").map(planId -> new Accepted(scheme, planId, extra)));
        }

        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("scheme", scheme.name())
                    .put("network", scheme.network())
                    .put("planId", planId)
                    .putIfPresent("extra", extra.members().isEmpty() ? null : extra)
                    .build();
        }

        private static JsonObject withoutNulls(JsonObject json) {
            JsonObject.Builder kept = JsonObject.builder();
            json.members().forEach((name, value) -> kept.putIfPresent(name, value instanceof JsonNull ? null : value));
            return kept.build();
        }
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final List<String> planIds;
        private final Function<String, PaymentScheme> schemes;
        private String endpoint = "";
        private @Nullable String agentId;
        private @Nullable String httpVerb;
        private @Nullable String description;
        private @Nullable String mimeType;

        private Builder(List<String> planIds, Function<String, PaymentScheme> schemes) {
            if (planIds.isEmpty()) {
                throw NeverminedException.validation("a payment requirement needs at least one plan");
            }
            planIds.forEach(planId -> Identifiers.require(planId, "planId"));
            this.planIds = List.copyOf(planIds);
            this.schemes = Objects.requireNonNull(schemes, "schemes");
        }

        /** The resource's URL, path or tool name. Required as soon as an agent is named. */
        public Builder endpoint(String url) {
            this.endpoint = Objects.requireNonNull(url, "url");
            return this;
        }

        /** The agent that serves the call. */
        public Builder agentId(@Nullable String id) {
            this.agentId = id == null ? null : Identifiers.require(id, "agentId");
            return this;
        }

        /** The HTTP method of the call. */
        public Builder httpVerb(@Nullable String verb) {
            this.httpVerb = verb;
            return this;
        }

        /** What is paid for, in words. */
        public Builder description(@Nullable String text) {
            this.description = text;
            return this;
        }

        /** The media type of what is paid for. */
        public Builder mimeType(@Nullable String type) {
            this.mimeType = type;
            return this;
        }

        /** @throws NeverminedException {@code validation} if an agent is named and the endpoint is not */
        public PaymentRequired build() {
            if (agentId != null && endpoint.isEmpty()) {
                throw NeverminedException.validation("a requirement that names an agent must name its endpoint");
            }
            JsonObject extra = JsonObject.builder()
                    .put("version", "1")
                    .putIfPresent("agentId", agentId)
                    .putIfPresent("httpVerb", httpVerb)
                    .build();
            List<Accepted> accepts = new ArrayList<>();
            planIds.forEach(planId -> accepts.add(new Accepted(schemes.apply(planId), planId, extra)));
            return new PaymentRequired(null, new Resource(endpoint, description, mimeType), accepts, empty());
        }
    }
}
