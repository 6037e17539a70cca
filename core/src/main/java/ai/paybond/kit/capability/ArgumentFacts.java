package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.Scalar;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Flattens a call's arguments into one fact per scalar. Two different places never share a path: a member whose name
 * could be mistaken for structure is written as {@code ["a.b"]}. Otherwise a model could pass a check on {@code a.b} with
 * a decoy of that name, while the tool reads the nested value.
 */
final class ArgumentFacts {

    static final int MAX_PATH_LENGTH = 256;
    static final int MAX_VALUE_LENGTH = 1024;

    private static final Pattern PLAIN_NAME = Pattern.compile("[^.\\[\\]\"\\\\\\p{Cntrl}]+");

    private final int maxFacts;
    private final Map<String, Scalar> facts = new LinkedHashMap<>();

    private ArgumentFacts(int maxFacts) {
        this.maxFacts = maxFacts;
    }

    /** The scalars by path; null values give no fact. */
    static Map<String, Scalar> of(JsonObject arguments, int maxFacts) throws Refusal {
        ArgumentFacts flattened = new ArgumentFacts(maxFacts);
        flattened.addMembers("", arguments);
        return flattened.facts;
    }

    /** The name as the next step of a path. */
    static String step(String path, String name) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            return path + "[" + new JsonString(name).toJson() + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    // every level lengthens the path, so the limit on its length is also the limit on the recursion
    private void add(String path, JsonValue value) throws Refusal {
        if (path.length() > MAX_PATH_LENGTH) {
            throw unbounded("an argument is nested deeper or named longer than " + MAX_PATH_LENGTH + " characters");
        }
        if (value instanceof JsonObject object) {
            addMembers(path, object);
        } else if (value instanceof JsonArray array) {
            addItems(path, array.items());
        } else if (value instanceof JsonString string) {
            addFact(path, text(string.value()));
        } else if (value instanceof JsonNumber number) {
            addFact(path, number(number));
        } else if (value instanceof JsonBoolean flag) {
            addFact(path, new Scalar.Flag(flag.value()));
        }
    }

    private void addMembers(String path, JsonObject object) throws Refusal {
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (member.getKey().length() > MAX_PATH_LENGTH) {
                throw unbounded("an argument's name is longer than " + MAX_PATH_LENGTH + " characters");
            }
            add(step(path, member.getKey()), member.getValue());
        }
    }

    private void addItems(String path, List<JsonValue> items) throws Refusal {
        for (int i = 0; i < items.size(); i++) {
            add(path + "[" + i + "]", items.get(i));
        }
    }

    private void addFact(String path, Scalar value) throws Refusal {
        facts.put(path, value);
        if (facts.size() > maxFacts) {
            throw unbounded("the call has more than " + maxFacts + " arguments");
        }
    }

    private static Scalar number(JsonNumber number) throws Refusal {
        try {
            return new Scalar.Whole(number.longValueExact());
        } catch (ArithmeticException e) {
            return text(number.text());
        }
    }

    private static Scalar text(String value) throws Refusal {
        if (value.length() > MAX_VALUE_LENGTH) {
            throw unbounded("an argument is longer than " + MAX_VALUE_LENGTH + " characters");
        }
        return new Scalar.Text(value);
    }

    private static Refusal unbounded(String message) {
        return new Refusal(DenyCodes.CAPABILITY_ARGUMENTS_UNBOUNDED, message);
    }
}
