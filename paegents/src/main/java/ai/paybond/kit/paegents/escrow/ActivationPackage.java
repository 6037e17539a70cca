package ai.paybond.kit.paegents.escrow;

import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Paegents proposes to activate an escrow with. It comes from a server: nothing in it is trusted before
 * {@link EscrowSigner} has measured it against the {@link ActivationTerms}.
 */
public final class ActivationPackage {
    private static final String CODE = "paegents.package";
    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,77}");
    private static final Map<String, String> RENAMED = Map.of(
            "price_per_unit", "price_per_unit_atomic",
            "deposit_amount", "deposit_amount_atomic");
    private static final List<String> TERMS = List.of(
            "buyer",
            "seller",
            "token",
            "quantity",
            "price_per_unit",
            "deposit_amount",
            "challenge_window_seconds",
            "service_hash",
            "terms_hash",
            "expiry");

    private final JsonObject json;
    private final JsonObject intent;

    private ActivationPackage(JsonObject json) {
        this.json = json;
        JsonObject terms = object(json, "terms");
        JsonObject.Builder builder = JsonObject.builder()
                .put("agreement_key", value(json, "agreement_key"))
                .put("platform_agreement_id_hash", value(json, "platform_agreement_id_hash"));
        TERMS.forEach(key -> builder.put(key, value(terms, RENAMED.getOrDefault(key, key))));
        this.intent = builder.put("nonce", value(object(json, "nonces"), "buyer_activation_nonce"))
                .put("salt", value(terms, "salt"))
                .build();
    }

    /**
     * Reads a package, whether its numbers are text or JSON numbers.
     *
     * @throws SigningRefusedException {@code paegents.package} for a member that is missing or of the wrong form
     */
    public static ActivationPackage parse(JsonObject json) {
        ActivationPackage parsed = new ActivationPackage(json);
        List.of("buyer", "seller", "token").forEach(parsed::address);
        List.of("quantity", "price_per_unit", "deposit_amount", "challenge_window_seconds", "expiry", "nonce")
                .forEach(parsed::number);
        address(object(json, "funding").get("spender"));
        parsed.infraFee();
        return parsed;
    }

    /** The fourteen values that the buyer signs, each in the JSON form it was received in. */
    public JsonObject intent() {
        return intent;
    }

    /** The escrow contract. */
    public EvmAddress contract() {
        return address(object(json, "funding").get("spender"));
    }

    /** The fee that is still to be paid; empty when there is none, or it is waived or paid. */
    public Optional<InfraFee> infraFee() {
        Optional<JsonObject> fee = json.object("infra_fee");
        if (fee.isEmpty() || fee.get().bool("waived").orElse(false)) {
            return Optional.empty();
        }
        if (fee.get().string("status").orElse("").equals("paid")) {
            return Optional.empty();
        }
        return fee.map(due -> new InfraFee(
                address(due.get("spender")), number(due.get("amount_atomic")), address(due.get("token_address"))));
    }

    /** The chain the package names, if it names one. */
    Optional<BigInteger> chainId() {
        return Optional.ofNullable(json.get("chain_id")).map(ActivationPackage::number);
    }

    EvmAddress address(String key) {
        return address(intent.get(key));
    }

    BigInteger number(String key) {
        return number(intent.get(key));
    }

    private static JsonObject object(JsonObject holder, String name) {
        return holder.object(name).orElseThrow(() -> new SigningRefusedException(CODE, "a member is missing"));
    }

    private static JsonValue value(JsonObject holder, String name) {
        JsonValue value = holder.get(name);
        if (value == null) {
            throw new SigningRefusedException(CODE, "a member is missing");
        }
        return value;
    }

    private static EvmAddress address(@Nullable JsonValue value) {
        try {
            return EvmAddress.parse(text(value));
        } catch (WireException e) {
            throw new SigningRefusedException(CODE, "not an address");
        }
    }

    private static BigInteger number(@Nullable JsonValue value) {
        String digits = value instanceof JsonNumber number ? number.text() : text(value);
        SigningRefusedException.require(DIGITS.matcher(digits).matches(), CODE, "not a whole number");
        return new BigInteger(digits);
    }

    private static String text(@Nullable JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw new SigningRefusedException(CODE, "a member is missing or of the wrong type");
    }
}
