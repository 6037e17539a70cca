package ai.paybond.kit.evidence;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;

/** What became of a tool's result: the evidence payload, or the reason why there is none. */
public sealed interface EvidenceMapping {

    /**
     * The payload to sign.
     *
     * @param payload only what the evidence schema asks for; it is sent to Harbor and kept there
     */
    record Mapped(JsonObject payload) implements EvidenceMapping {
        public Mapped {
            Objects.requireNonNull(payload, "payload");
        }

        /** Leaves the payload out, since it may hold personal data. */
        @Override
        public String toString() {
            return "Mapped[members=" + payload.members().keySet() + "]";
        }
    }

    /**
     * The result does not say what the schema asks for. Nothing is sent in its place.
     *
     * @param reason a stable code, such as {@code result.not_an_object}
     */
    record Unmapped(String reason) implements EvidenceMapping {
        public Unmapped {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
