package ai.paybond.kit.sandbox.internal.predicate;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An intent's evidence schema, JSON Schema 2020-12. It comes from a stranger, so it is bounded: it can neither fetch other
 * schemas nor backtrack in a regular expression, and the work of applying it is metered.
 */
public final class EvidenceSchema {
    private static final int MAX_VALUES = 4096;
    private static final int MAX_PATTERN = 256;
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final URI NAME = URI.create("urn:paybond:evidence-schema");
    private static final EvaluatorFactory LINEAR_PATTERNS = new EvaluatorFactory.Builder()
            .withKeyword("pattern", EvidenceSchema::pattern)
            .build();

    private final JsonValue schema;

    private EvidenceSchema(JsonValue schema) {
        this.schema = schema;
    }

    /** @throws PredicateException when the document is not a schema that can be used here */
    public static EvidenceSchema of(JsonValue document) {
        if (!(document instanceof JsonObject)) {
            throw refused("An evidence schema is an object.");
        }
        requireBounded(document, new int[] {MAX_VALUES});
        try {
            validator(document, new Meter(), false);
        } catch (JsonSchemaException | ArithmeticException | Meter.ExhaustedException | StackOverflowError e) {
            throw refused("The evidence schema is not JSON Schema 2020-12.");
        }
        return accepted(document);
    }

    /** A schema that {@link #of} accepted before; it is not checked against the meta-schema again. */
    public static EvidenceSchema accepted(JsonValue document) {
        return new EvidenceSchema(document);
    }

    /** Where the payload first breaks the schema; empty when it conforms. */
    public Optional<List<String>> firstViolation(JsonValue payload) {
        Meter meter = new Meter();
        try {
            Validator.Result result =
                    validator(schema, meter, true).validate(NAME, new MeteredNode(payload, "", meter));
            return result.isValid() ? Optional.empty() : Optional.of(violation(result.getErrors()));
        } catch (JsonSchemaException | ArithmeticException | Meter.ExhaustedException | StackOverflowError e) {
            throw new PredicateException("The evidence schema takes too much work to apply.", List.of());
        }
    }

    private static List<String> violation(List<Error> errors) {
        String pointer = errors.isEmpty() ? "" : errors.get(0).getInstanceLocation();
        return pointer.isEmpty() ? List.of() : List.of(pointer.substring(1).split("/", -1));
    }

    private static Validator validator(JsonValue schema, Meter meter, boolean accepted) {
        Validator validator = new ValidatorFactory()
                .withDialect(new Dialects.Draft2020Dialect())
                .withJsonNodeFactory(new Nodes(meter))
                .withEvaluatorFactory(LINEAR_PATTERNS)
                .withDisabledSchemaValidation(accepted)
                .withSchemaResolver(uri -> SchemaResolver.Result.empty())
                .createValidator();
        validator.registerSchema(NAME, new MeteredNode(schema, "", meter));
        return validator;
    }

    private static Evaluator pattern(JsonNode keyword) {
        Pattern pattern = Pattern.compile(keyword.asString());
        return (context, node) ->
                !node.isString() || pattern.matcher(node.asString()).find()
                        ? Evaluator.Result.success()
                        : Evaluator.Result.failure("does not match the pattern");
    }

    private static void requireBounded(JsonValue value, int[] left) {
        if (--left[0] < 0) {
            throw refused("The evidence schema has too many parts.");
        }
        if (value instanceof JsonArray array) {
            array.items().forEach(item -> requireBounded(item, left));
        } else if (value instanceof JsonObject object) {
            requireAllowed(object);
            object.members().values().forEach(member -> requireBounded(member, left));
        }
    }

    private static void requireAllowed(JsonObject schema) {
        if (schema.get("patternProperties") instanceof JsonObject) {
            throw refused("patternProperties is not supported.");
        }
        if (schema.get("pattern") instanceof JsonString pattern) {
            requireLinear(pattern.value());
        }
        for (String reference : List.of("$ref", "$dynamicRef")) {
            if (schema.get(reference) instanceof JsonString target
                    && !target.value().startsWith("#")) {
                throw refused("A schema may refer to its own parts only.");
            }
        }
        if (schema.get("$schema") instanceof JsonString dialect
                && !dialect.value().equals(DIALECT)) {
            throw refused("Only JSON Schema 2020-12 is supported.");
        }
    }

    private static void requireLinear(String pattern) {
        try {
            if (pattern.length() > MAX_PATTERN) {
                throw refused("A pattern is longer than 256 characters.");
            }
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw refused("A pattern is not supported.");
        }
    }

    private static PredicateException refused(String message) {
        return new PredicateException(message, List.of());
    }

    /** Wraps what the library hands back to us, meta-schemas included. */
    private record Nodes(Meter meter) implements JsonNodeFactory {
        @Override
        public JsonNode wrap(Object node) {
            return node instanceof JsonNode wrapped ? wrapped : new MeteredNode(JsonValue.of(node), "", meter);
        }

        @Override
        public JsonNode create(String json) {
            return new MeteredNode(JsonValue.parse(json), "", meter);
        }
    }
}
