package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.internal.paegents.Evm.Value;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The escrow's signing domain and structs, read from a profile {@code {domain_name, domain_version, messages: {NAME:
 * {primary_type, fields: [{key, member, type}]}}}}.
 */
final class EscrowLayout {
    private final JsonObject profile;

    EscrowLayout(JsonObject profile) {
        this.profile = profile;
    }

    /** Refuses a signature over these values that is not the signer's. */
    void requireSigned(String message, JsonObject values, String signature, String signer) {
        JsonObject layout = profile.object("messages")
                .flatMap(messages -> messages.object(message))
                .orElseThrow(() -> new Refusal(501, "not_configured", "The profile does not describe this message."));
        List<Value> members = new ArrayList<>();
        layout.array("fields").stream()
                .flatMap(fields -> fields.objectItems())
                .forEach(field -> members.add(new Value(
                        field.string("type").orElse(""),
                        field.string("member").orElse(""),
                        text(values.get(field.string("key").orElse(""))))));
        byte[] digest = Evm.digest(domain(), layout.string("primary_type").orElse(""), members);
        boolean own = Evm.recover(digest, signature).filter(signer::equals).isPresent();
        Refusal.unless(own, 402, "invalid_signature", "The signature is not the signer's over these values.");
    }

    private List<Value> domain() {
        return Evm.domain(
                profile.string("domain_name").orElse(""),
                profile.string("domain_version").orElse(""),
                SimulatedChain.CHAIN_ID,
                SimulatedChain.ESCROW);
    }

    static String text(@Nullable JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value();
        }
        if (value instanceof JsonNumber number) {
            return number.text();
        }
        throw Refusal.invalid("a signed value is missing");
    }
}
