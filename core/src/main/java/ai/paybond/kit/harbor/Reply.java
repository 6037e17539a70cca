package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the members of one reply, strictly: a required member that is absent and any member of the wrong type make the
 * whole reply unusable. Unknown members are left alone.
 */
final class Reply {
    private static final Logger log = LoggerFactory.getLogger(Reply.class);

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final String request;
    private final JsonObject json;

    /**
     * @param request method and path, for messages
     * @param json the reply, or an object inside it
     */
    Reply(String request, JsonObject json) {
        this.request = request;
        this.json = json;
    }

    JsonObject json() {
        return json;
    }

    /** Reads an object inside this reply. */
    Reply inner(JsonObject part) {
        return new Reply(request, part);
    }

    /** Before anything else is believed: the reply speaks of this tenant. */
    Reply ofTenant(String member, String tenantId) {
        String actual = string(member);
        if (!actual.equals(tenantId)) {
            throw mismatch("tenant", tenantId, actual);
        }
        return this;
    }

    /** The reply speaks of this intent. */
    Reply ofIntent(String intentId) {
        String actual = string("intent_id");
        if (!actual.equalsIgnoreCase(intentId)) {
            throw mismatch("intent", intentId, actual);
        }
        return this;
    }

    /** Logged where it is found: whoever catches it may think it a nuisance. */
    TenantBindingException mismatch(String what, String expected, String actual) {
        TenantBindingException mismatch =
                new TenantBindingException(what + ".binding_mismatch", what, expected, actual);
        log.error("{}: {}; nothing in this reply is used", request, mismatch.getMessage());
        return mismatch;
    }

    /** A text that must be there and not blank. */
    String string(String member) {
        return optionalString(member).filter(text -> !text.isBlank()).orElseThrow(() -> missing(member));
    }

    Optional<String> optionalString(String member) {
        return present(member).map(value -> {
            if (value instanceof JsonString string) {
                return string.value();
            }
            throw wrongType(member, "a text");
        });
    }

    /** A text in UUID form that must be there. */
    String uuid(String member) {
        return optionalUuid(member).orElseThrow(() -> missing(member));
    }

    Optional<String> optionalUuid(String member) {
        Optional<String> text = optionalString(member);
        if (text.isPresent() && !UUID.matcher(text.get()).matches()) {
            throw wrongType(member, "a UUID");
        }
        return text;
    }

    /** A JSON boolean that must be there; no other value counts as one. */
    boolean bool(String member) {
        return optionalBool(member).orElseThrow(() -> missing(member));
    }

    Optional<Boolean> optionalBool(String member) {
        return present(member).map(value -> {
            if (value instanceof JsonBoolean bool) {
                return bool.value();
            }
            throw wrongType(member, "a boolean");
        });
    }

    long integer(String member) {
        return optionalInteger(member).orElseThrow(() -> missing(member));
    }

    Optional<Long> optionalInteger(String member) {
        return present(member).map(value -> {
            Optional<Long> integer = value instanceof JsonNumber ? json.integer(member) : Optional.empty();
            return integer.orElseThrow(() -> wrongType(member, "an integer"));
        });
    }

    Digest32 digest(String member) {
        try {
            return Digest32.ofHex(string(member));
        } catch (WireException e) {
            throw wrongType(member, "64 hexadecimal digits");
        }
    }

    /** An object that must be there. */
    JsonObject object(String member) {
        if (present(member).orElseThrow(() -> missing(member)) instanceof JsonObject object) {
            return object;
        }
        throw wrongType(member, "an object");
    }

    /** The objects of an array that must be there. */
    List<JsonObject> objects(String member) {
        JsonArray array = array(member).orElseThrow(() -> missing(member));
        List<JsonObject> objects = array.objectItems().toList();
        if (objects.size() != array.items().size()) {
            throw wrongType(member, "an array of objects");
        }
        return objects;
    }

    /** The texts of an array; none when it is absent. */
    List<String> strings(String member) {
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

    private ProtocolException missing(String member) {
        return new ProtocolException("reply.missing_member", request + ": the reply has no " + member);
    }

    ProtocolException wrongType(String member, String expected) {
        return new ProtocolException("reply.wrong_type", request + ": " + member + " is not " + expected);
    }
}
