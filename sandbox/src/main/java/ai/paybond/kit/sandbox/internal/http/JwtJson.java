package ai.paybond.kit.sandbox.internal.http;

import static java.util.Objects.requireNonNull;

import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import io.jsonwebtoken.io.DeserializationException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lets the JWT library read and write JSON the way the rest of the kit does. */
final class JwtJson {
    private JwtJson() {}

    static final class Writer extends AbstractSerializer<Map<String, ?>> {
        @Override
        protected void doSerialize(Map<String, ?> claims, OutputStream out) throws IOException {
            out.write(JsonObject.of(claims).toJson().getBytes(StandardCharsets.UTF_8));
        }
    }

    static final class Reader extends AbstractDeserializer<Map<String, ?>> {
        @Override
        @SuppressWarnings("unchecked")
        protected Map<String, ?> doDeserialize(java.io.Reader reader) throws IOException {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            try {
                return (Map<String, ?>)
                        requireNonNull(JsonObject.parse(text.toString()).toJava());
            } catch (JsonException e) {
                throw new DeserializationException("not a JSON object", e);
            }
        }
    }
}
