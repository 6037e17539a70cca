package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The approved templates: parameters in, predicate document out. */
public enum PolicyTemplate {
    TRUE_V1(JsonObject.builder().build()),
    API_RESPONSE_V1(JsonObject.builder()
            .put("http_status_path", List.of("http_status"))
            .put("expected_http_status", 200)
            .build()),
    WEBHOOK_CONFIRMATION_V1(JsonObject.builder()
            .put("event_type_path", List.of("event_type"))
            .put("expected_event_type", "payment.succeeded")
            .build()),
    ARTIFACT_HASH_V1(JsonObject.builder()
            .put("operation_path", List.of("operation"))
            .put("expected_operation", "attested")
            .build()),
    COMPLETION_BUDGET_V1(JsonObject.builder()
            .put("status_path", List.of("status"))
            .put("expected_status", "completed")
            .put("cost_path", List.of("cost_cents"))
            .build());

    private final JsonObject defaults;

    PolicyTemplate(JsonObject defaults) {
        this.defaults = defaults;
    }

    static PolicyTemplate of(String id) {
        return find(id).orElseThrow(() -> ApiException.invalid("There is no such policy template."));
    }

    public static Optional<PolicyTemplate> find(String id) {
        return Arrays.stream(values())
                .filter(template -> template.id().equals(id))
                .findFirst();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The parameters of the published head. */
    JsonObject defaults() {
        return defaults;
    }

    /** The predicate that these parameters come to; the ones not given keep their defaults. */
    JsonObject materialise(JsonObject given) {
        Set<String> known = defaults.members().keySet();
        if (!known.containsAll(given.members().keySet())) {
            throw ApiException.invalid("The policy template has no such parameter.");
        }
        JsonObject parameters =
                JsonObject.builder().putAll(defaults).putAll(given).build();
        return JsonObject.builder()
                .put("version", 1)
                .put("root", root(parameters))
                .build();
    }

    private JsonObject root(JsonObject parameters) {
        return switch (this) {
            case TRUE_V1 -> node("true").build();
            case API_RESPONSE_V1 -> equal(parameters, "http_status_path", "expected_http_status");
            case WEBHOOK_CONFIRMATION_V1 -> equal(parameters, "event_type_path", "expected_event_type");
            case ARTIFACT_HASH_V1 -> equal(parameters, "operation_path", "expected_operation");
            case COMPLETION_BUDGET_V1 ->
                node("all")
                        .put(
                                "args",
                                List.of(
                                        equal(parameters, "status_path", "expected_status"),
                                        node("within_budget")
                                                .put("path", parameter(parameters, "cost_path"))
                                                .build()))
                        .build();
        };
    }

    private static JsonObject equal(JsonObject parameters, String path, String value) {
        return node("eq")
                .put("path", parameter(parameters, path))
                .put("value", parameter(parameters, value))
                .build();
    }

    private static JsonValue parameter(JsonObject parameters, String name) {
        @Nullable JsonValue value = parameters.get(name);
        return Objects.requireNonNull(value);
    }

    private static JsonObject.Builder node(String op) {
        return JsonObject.builder().put("op", op);
    }
}
