package ai.paybond.kit.sandbox.internal.capability;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.biscuitsec.biscuit.token.builder.Term;

/** One scalar of a call's arguments, as a check may ask for it: {@code arg("items[0].sku", "A-1")}. */
public record ArgumentFact(String path, Term value) {
    private static final int MAX_FACTS = 64;
    private static final int MAX_PATH = 256;
    private static final int MAX_VALUE = 1024;
    private static final Pattern STRUCTURE = Pattern.compile("[.\\[\\]\"\\\\\\p{Cntrl}]");

    /** @throws CapabilityRefusedException {@code capability.arguments_unbounded} when they are too many or too long */
    public static List<ArgumentFact> of(JsonObject arguments) throws CapabilityRefusedException {
        List<ArgumentFact> facts = new ArrayList<>();
        collect("", arguments, facts);
        return facts;
    }

    private static void collect(String path, JsonValue value, List<ArgumentFact> facts)
            throws CapabilityRefusedException {
        if (value instanceof JsonObject object) {
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                collect(step(path, member.getKey()), member.getValue(), facts);
            }
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.items().size(); i++) {
                collect(path + "[" + i + "]", array.items().get(i), facts);
            }
        } else if (!(value instanceof JsonNull)) {
            add(path, value, facts);
        }
    }

    /** Two places never share a path: {@code a.b} is a member b of a, and {@code ["a.b"]} a member of that name. */
    private static String step(String path, String name) {
        if (name.isEmpty() || STRUCTURE.matcher(name).find()) {
            return path + "[" + new JsonString(name).toJson() + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    private static void add(String path, JsonValue value, List<ArgumentFact> facts) throws CapabilityRefusedException {
        Term term = term(value);
        boolean tooLong = term instanceof Term.Str text && text.getValue().length() > MAX_VALUE;
        if (facts.size() == MAX_FACTS || path.length() > MAX_PATH || tooLong) {
            throw new CapabilityRefusedException(
                    "capability.arguments_unbounded", "The arguments are too many or too long to be checked.");
        }
        facts.add(new ArgumentFact(path, term));
    }

    private static Term term(JsonValue value) {
        if (value instanceof JsonString text) {
            return new Term.Str(text.value());
        }
        if (value instanceof JsonBoolean bool) {
            return new Term.Bool(bool.value());
        }
        return number((JsonNumber) value);
    }

    private static Term number(JsonNumber number) {
        try {
            return new Term.Integer(number.longValueExact());
        } catch (ArithmeticException e) {
            return new Term.Str(number.text());
        }
    }
}
