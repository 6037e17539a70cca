package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of objects that are normalised before they are signed. Absent reads as empty. A member of the wrong type
 * is refused strictly; the peer reads it as empty too.
 */
public final class MemberReader {
    private final String object;
    private final JsonObject json;
    private final Strictness strictness;

    public MemberReader(String object, JsonObject json, Strictness strictness) {
        this.object = object;
        this.json = json;
        this.strictness = strictness;
    }

    public JsonObject json() {
        return json;
    }

    public boolean isStrict() {
        return strictness == Strictness.STRICT;
    }

    /** {@code object.member}, the reason for refusing that member. */
    public String code(String name) {
        return Rules.code(object, name);
    }

    public boolean isPresent(String name) {
        JsonValue value = json.get(name);
        return value != null && value != JsonNull.NULL;
    }

    public String string(String name) {
        return read(name, json.string(name), "");
    }

    public String trimmed(String name) {
        return Text.trim(string(name));
    }

    public String folded(String name) {
        return Text.fold(string(name));
    }

    public String required(String name) {
        return Rules.required(string(name), code(name));
    }

    public String scopeToken(String name) {
        return Rules.scopeToken(string(name), code(name));
    }

    /** Null when blank. */
    public @Nullable String optionalScopeToken(String name) {
        return orNull(Rules.optionalScopeToken(string(name), code(name)));
    }

    public String digest(String name) {
        return Rules.digestHex(string(name), code(name));
    }

    /** Null when blank. */
    public @Nullable String optionalDigest(String name) {
        return orNull(Rules.optionalDigestHex(string(name), code(name)));
    }

    /** Null when blank. */
    public @Nullable String optionalTrimmed(String name) {
        return orNull(trimmed(name));
    }

    public String uuid(String name) {
        return Rules.anyUuid(string(name), code(name));
    }

    /** A date-time, written in whole seconds of UTC. */
    public String timestamp(String name) {
        return Timestamps.format(Timestamps.parse(trimmed(name), code(name)));
    }

    /** A finite number, zero when absent; strictly an exact integer. */
    public JsonNumber number(String name) {
        Optional<JsonNumber> number = json.get(name) instanceof JsonNumber found && Double.isFinite(found.doubleValue())
                ? Optional.of(found)
                : Optional.empty();
        JsonNumber value = read(name, number, JsonNumber.of(0));
        boolean fine = !isStrict() || value.safeInteger().isPresent();
        Rules.require(fine, code(name), "not an exact integer");
        return JsonNumber.of(value.doubleValue());
    }

    /** As {@link #number}, refusing what is not above zero. */
    public JsonNumber positive(String name) {
        JsonNumber value = number(name);
        Rules.require(value.doubleValue() > 0, code(name), "not greater than zero");
        return value;
    }

    /** As {@link #number}, refusing what is below zero. */
    public JsonNumber notNegative(String name) {
        JsonNumber value = number(name);
        Rules.require(value.doubleValue() >= 0, code(name), "below zero");
        return value;
    }

    public Optional<Boolean> bool(String name) {
        Optional<Boolean> value = json.bool(name);
        Rules.require(value.isPresent() || !isStrict() || !isPresent(name), code(name), "not a boolean");
        return value;
    }

    /** An object; empty when absent. */
    public MemberReader object(String name) {
        JsonObject value = read(name, json.object(name), JsonObject.builder().build());
        return new MemberReader(object, value, strictness);
    }

    /** An object that may be left out. */
    public Optional<MemberReader> optionalObject(String name) {
        return isPresent(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** The texts of an array; the peer passes over entries of other types. */
    public List<String> strings(String name) {
        JsonArray array = read(name, json.array(name), JsonArray.of(List.of()));
        List<String> strings = array.stringItems().toList();
        Rules.require(!isStrict() || strings.size() == array.items().size(), code(name), "not an array of strings");
        return strings;
    }

    /** The objects of an array. */
    public List<MemberReader> objects(String name) {
        JsonArray array = read(name, json.array(name), JsonArray.of(List.of()));
        List<JsonObject> objects = array.objectItems().toList();
        Rules.require(!isStrict() || objects.size() == array.items().size(), code(name), "not an array of objects");
        return objects.stream()
                .map(item -> new MemberReader(object, item, strictness))
                .toList();
    }

    /** Requires an absent or default version number of one. */
    public void requireVersionOne(String name) {
        double version = number(name).doubleValue();
        boolean one = version == 1 || version == 0;
        Rules.require(one, code(name), "unsupported version");
    }

    /** Requires an absent or exactly this text. */
    public void requireConstant(String name, String constant) {
        String value = trimmed(name);
        Rules.require(value.isEmpty() || value.equals(constant), code(name), "unsupported " + name);
    }

    private <T> T read(String name, Optional<T> value, T orElse) {
        boolean wrongType = value.isEmpty() && isPresent(name);
        if (wrongType && isStrict()) {
            throw new WireException(code(name), "a member of the wrong type: " + name);
        }
        return value.orElse(orElse);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
