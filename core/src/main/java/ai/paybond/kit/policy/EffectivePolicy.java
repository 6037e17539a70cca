package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * An organisation's base with an overlay on top, as somebody else merged them.
 *
 * @param document version 1
 * @param digest what its sender says the document's digest is, {@code sha256:} and 64 hexadecimal digits
 * @param deniedWidenings JSON pointers of what the overlay may not do; not empty means that the overlay is refused
 */
public record EffectivePolicy(JsonObject document, String digest, List<String> deniedWidenings) {
    public EffectivePolicy {
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(digest, "digest");
        deniedWidenings = List.copyOf(deniedWidenings);
    }
}
