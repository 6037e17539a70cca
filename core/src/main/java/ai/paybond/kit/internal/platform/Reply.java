package ai.paybond.kit.internal.platform;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the members of one reply, strictly: a required member that is absent and any member of the wrong type make the
 * whole reply unusable. Unknown members are left alone.
 */
public final class Reply {
    private static final Logger log = LoggerFactory.getLogger(Reply.class);

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final String request;
    private final JsonObject json;
    private final Faults faults;

    /**
     * @param request method and path, for messages
     * @param json the reply, or an object inside it
     */
    Reply(String request, JsonObject json, Faults faults) {
        this.request = request;
        this.json = json;
        this.faults = faults;
    }

    /** All of it, members unknown to this kit included. */
    public JsonObject json() {
        return json;
    }

    /** Reads an object inside this reply. */
    public Reply inner(JsonObject part) {
        return new Reply(request, part, faults);
    }

    /**
     * Before anything else is believed: the reply speaks of this tenant.
     *
     * @param path the member that says so, dots between levels
     */
    public Reply ofTenant(String path, String tenantId) {
        int dot = path.indexOf('.');
        if (dot >= 0) {
            inner(object(path.substring(0, dot))).ofTenant(path.substring(dot + 1), tenantId);
            return this;
        }
        return of("tenant", path, tenantId);
    }

    /** The reply speaks of this intent. */
    public Reply ofIntent(String intentId) {
        String actual = string("intent_id");
        if (!actual.equalsIgnoreCase(intentId)) {
            throw mismatch("intent", intentId, actual);
        }
        return this;
    }

    /** The reply speaks of exactly this. */
    public Reply of(String what, String member, String expected) {
        String actual = string(member);
        if (!actual.equals(expected)) {
            throw mismatch(what, expected, actual);
        }
        return this;
    }

    /** Logged where it is found: whoever catches it may think it a nuisance. */
    public PaybondException mismatch(String what, String expected, String actual) {
        PaybondException mismatch = faults.mismatch(what, expected, actual);
        log.error("{}: {}; nothing in this reply is used", request, mismatch.getMessage());
        return mismatch;
    }

    /** A text that must be there and not blank. */
    public String string(String member) {
        return optionalString(member).filter(text -> !text.isBlank()).orElseThrow(() -> missing(member));
    }

    /** A text; none when it is absent. */
    public Optional<String> optionalString(String member) {
        return present(member).map(value -> {
            if (value instanceof JsonString string) {
                return string.value();
            }
            throw wrongType(member, "a text");
        });
    }

    /** A text in UUID form that must be there. */
    public String uuid(String member) {
        return optionalUuid(member).orElseThrow(() -> missing(member));
    }

    /** A text in UUID form; none when it is absent. */
    public Optional<String> optionalUuid(String member) {
        Optional<String> text = optionalString(member);
        if (text.isPresent() && !UUID.matcher(text.get()).matches()) {
            throw wrongType(member, "a UUID");
        }
        return text;
    }

    /** A JSON boolean that must be there; no other value counts as one. */
    public boolean bool(String member) {
        return optionalBool(member).orElseThrow(() -> missing(member));
    }

    /** A JSON boolean; none when it is absent. */
    public Optional<Boolean> optionalBool(String member) {
        return present(member).map(value -> {
            if (value instanceof JsonBoolean bool) {
                return bool.value();
            }
            throw wrongType(member, "a boolean");
        });
    }

    /** A whole number that must be there. */
    public long integer(String member) {
        return optionalInteger(member).orElseThrow(() -> missing(member));
    }

    /** A whole number; none when it is absent. */
    public Optional<Long> optionalInteger(String member) {
        return present(member).map(value -> {
            Optional<Long> integer = value instanceof JsonNumber ? json.integer(member) : Optional.empty();
            return integer.orElseThrow(() -> wrongType(member, "an integer"));
        });
    }

    /** As {@link #integer}, but anything that fits 64 bits: counts and nanoseconds, which nobody signs. */
    public long longInteger(String member) {
        return optionalLong(member).orElseThrow(() -> missing(member));
    }

    /** As {@link #longInteger}; none when it is absent. */
    public Optional<Long> optionalLong(String member) {
        return optionalDecimal(member).map(number -> {
            try {
                return number.longValueExact();
            } catch (ArithmeticException e) {
                throw wrongType(member, "a whole number of 64 bits");
            }
        });
    }

    /** A digest in hexadecimal that must be there. */
    public Digest32 digest(String member) {
        try {
            return Digest32.ofHex(string(member));
        } catch (WireException e) {
            throw wrongType(member, "64 hexadecimal digits");
        }
    }

    /** An object that must be there. */
    public JsonObject object(String member) {
        if (present(member).orElseThrow(() -> missing(member)) instanceof JsonObject object) {
            return object;
        }
        throw wrongType(member, "an object");
    }

    /** An object that must be there, to be read in turn. */
    public Reply in(String member) {
        return inner(object(member));
    }

    /** An object, to be read in turn; none when it is absent. */
    public Optional<Reply> optionalIn(String member) {
        return present(member).map(value -> in(member));
    }

    /** The objects of an array, to be read in turn; none when it is absent. */
    public List<Reply> each(String member) {
        return present(member)
                .map(value -> objects(member).stream().map(this::inner).toList())
                .orElse(List.of());
    }

    /** A number that must be there. */
    public BigDecimal decimal(String member) {
        return optionalDecimal(member).orElseThrow(() -> missing(member));
    }

    /** A number; none when it is absent. */
    public Optional<BigDecimal> optionalDecimal(String member) {
        return present(member).map(value -> number(value).orElseThrow(() -> wrongType(member, "an ordinary number")));
    }

    private static Optional<BigDecimal> number(JsonValue value) {
        try {
            return value instanceof JsonNumber number ? Optional.of(number.bigDecimalValue()) : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** The objects of an array that must be there. */
    public List<JsonObject> objects(String member) {
        JsonArray array = array(member).orElseThrow(() -> missing(member));
        List<JsonObject> objects = array.objectItems().toList();
        if (objects.size() != array.items().size()) {
            throw wrongType(member, "an array of objects");
        }
        return objects;
    }

    /** The texts of an array; none when it is absent. */
    public List<String> strings(String member) {
        return array(member)
                .map(array -> array.strings().orElseThrow(() -> wrongType(member, "an array of texts")))
                .orElse(List.of());
    }

    private Optional<JsonArray> array(String member) {
        return present(member).map(value -> {
            if (value instanceof JsonArray array) {
                return array;
            }
            throw wrongType(member, "an array");
        });
    }

    private Optional<JsonValue> present(String member) {
        JsonValue value = json.get(member);
        return value == null || value instanceof JsonNull ? Optional.empty() : Optional.of(value);
    }

    private PaybondException missing(String member) {
        return unusable("reply.missing_member", "the reply has no " + member);
    }

    /** What to throw for a member that cannot be read. */
    public PaybondException wrongType(String member, String expected) {
        return unusable("reply.wrong_type", member + " is not " + expected);
    }

    /** What to throw for a reply that cannot be used. */
    public PaybondException unusable(String code, String why) {
        return faults.unusable(code, request + ": " + why, null);
    }
}
