package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads members that must be there and of their type; the refusal is named {@code object.member}. */
public final class BodyReader {
    private static final int SIGNATURE_LENGTH = 64;

    private final String object;
    private final JsonObject body;

    public BodyReader(String object, JsonObject body) {
        this.object = object;
        this.body = body;
    }

    public String string(String name) {
        return body.string(name).orElseThrow(() -> refuse(name));
    }

    /** The text, or the default when the member is absent or null; any other type is refused. */
    public String string(String name, String orElse) {
        return isAbsent(name) ? orElse : string(name);
    }

    /** The text, or null when the member is absent or null; any other type is refused. */
    public @Nullable String optionalString(String name) {
        return isAbsent(name) ? null : string(name);
    }

    public long integer(String name) {
        return body.integer(name).orElseThrow(() -> refuse(name));
    }

    public boolean bool(String name) {
        return body.bool(name).orElseThrow(() -> refuse(name));
    }

    public JsonObject object(String name) {
        return body.object(name).orElseThrow(() -> refuse(name));
    }

    public Optional<JsonObject> optionalObject(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(object(name));
    }

    public JsonValue value(String name) {
        JsonValue value = body.get(name);
        if (value == null) {
            throw refuse(name);
        }
        return value;
    }

    public List<String> strings(String name) {
        return body.array(name).flatMap(JsonArray::strings).orElseThrow(() -> refuse(name));
    }

    /** A public key in standard Base64. */
    public VerifyingKey key(String name) {
        try {
            return VerifyingKey.ofBase64(string(name));
        } catch (WireException e) {
            throw refuse(name);
        }
    }

    /** Sixty-four bytes in standard Base64. */
    public byte[] signature(String name) {
        byte[] signature = Base64Text.decode(string(name), Rules.code(object, name));
        Rules.require(signature.length == SIGNATURE_LENGTH, Rules.code(object, name), "a signature is 64 bytes");
        return signature;
    }

    public WireException refuse(String name) {
        return new WireException(Rules.code(object, name), "missing or malformed member " + name);
    }

    private boolean isAbsent(String name) {
        return !body.has(name) || body.get(name) == JsonNull.NULL;
    }
}
