package ai.paybond.kit.wire.x402;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A receipt as EIP-712 typed data, signed with a recoverable secp256k1 signature over
 * {@code keccak256(0x1901, domain, struct)}:
 *
 * <pre>
 * domain   EIP712Domain(string name,string version,uint256 chainId) of "x402 receipt", "1", 1
 * struct   Receipt(uint256 version,string network,string resourceUrl,string payer,uint256 issuedAt,string transaction)
 * </pre>
 *
 * An absent {@code transaction} is hashed as the empty text. Numbers are 0 to 2^53 - 1 strictly, any uint256 otherwise.
 * The signature is {@code 0x} and 130 hexadecimal digits: r, s, and v as 0, 1, 27 or 28; strictly in lower case with
 * the lower s. Source: EIP-712 and Paybond Kit wire format, section 14.
 */
public final class Eip712Receipt {
    private static final byte[] PREFIX = {0x19, 0x01};
    private static final byte[] TYPE = hash("Receipt(uint256 version,string network,string resourceUrl,string payer,"
            + "uint256 issuedAt,string transaction)");
    private static final byte[] DOMAIN = Curves.keccak256(
                    hash("EIP712Domain(string name,string version,uint256 chainId)"),
                    hash("x402 receipt"),
                    hash("1"),
                    Curves.unsigned(BigInteger.ONE))
            .bytes();
    private static final Set<String> MEMBERS =
            Set.of("version", "network", "resourceUrl", "payer", "issuedAt", "transaction");
    private static final Pattern SIGNATURE = Pattern.compile("0x[0-9a-fA-F]{130}");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,78}");

    private Eip712Receipt() {}

    /**
     * The digest that is signed.
     *
     * @throws WireException {@code x402.payload} for a number that is no unsigned integer; strictly also for any member
     *     that
     *     the signature does not cover ({@code x402.unsigned_member}), that is not of its type, or whose text is not well
     *     formed ({@code text.surrogate})
     */
    public static Digest32 digest(JsonObject payload, Strictness strictness) {
        if (strictness == Strictness.STRICT) {
            requireTyped(payload);
        }
        byte[] struct = Curves.keccak256(
                        TYPE,
                        uint256(payload, "version", true),
                        text(payload, "network"),
                        text(payload, "resourceUrl"),
                        text(payload, "payer"),
                        uint256(payload, "issuedAt", false),
                        text(payload, "transaction"))
                .bytes();
        return Curves.keccak256(PREFIX, DOMAIN, struct);
    }

    private static void requireTyped(JsonObject payload) {
        boolean covered = MEMBERS.containsAll(payload.members().keySet());
        Rules.require(covered, "x402.unsigned_member", "a member that the signature does not cover");
        boolean texts = payload.string("network").isPresent()
                && payload.string("resourceUrl").isPresent()
                && payload.string("payer").isPresent()
                && (!payload.has("transaction") || payload.string("transaction").isPresent());
        boolean numbers = isPlainInteger(payload, "version") && isPlainInteger(payload, "issuedAt");
        Rules.require(texts && numbers, "x402.payload", "a member of the wrong type");
        payload.members().keySet().forEach(name -> payload.string(name)
                .ifPresent(text -> Rules.wellFormed(text, Strictness.STRICT)));
    }

    private static boolean isPlainInteger(JsonObject payload, String name) {
        return payload.integer(name)
                .map(JsonNumber::of)
                .filter(number -> number.equals(payload.get(name)))
                .isPresent();
    }

    private static byte[] text(JsonObject payload, String name) {
        return hash(payload.string(name).orElse(""));
    }

    private static byte[] hash(String text) {
        return Curves.keccak256(Text.utf8(text)).bytes();
    }

    private static byte[] uint256(JsonObject payload, String name, boolean optional) {
        JsonValue value = payload.get(name);
        if (optional && (value == null || value == JsonNull.NULL)) {
            return new byte[32];
        }
        BigInteger number = integer(value);
        boolean fits = number.signum() >= 0 && number.bitLength() <= 256;
        Rules.require(fits, "x402.payload", "not an unsigned integer");
        return Curves.unsigned(number);
    }

    /** As the peer reads numbers: doubles, or text of decimal digits. */
    private static BigInteger integer(@Nullable JsonValue value) {
        if (value instanceof JsonNumber number && number.isInteger()) {
            return new BigDecimal(number.doubleValue()).toBigInteger();
        }
        if (value instanceof JsonString string
                && INTEGER.matcher(Text.trim(string.value())).matches()) {
            return new BigInteger(Text.trim(string.value()));
        }
        throw new WireException("x402.payload", "not an integer");
    }

    /**
     * The address that signed, in lower case.
     *
     * @throws WireException {@code x402.signature} for what is no signature; strictly {@code x402.signature_malleable}
     *     for the
     *     high form
     */
    public static String recover(JsonObject payload, String signature, Strictness strictness) {
        Digest32 digest = digest(payload, strictness);
        Rules.require(SIGNATURE.matcher(signature).matches(), "x402.signature", "not 65 bytes in hexadecimal");
        boolean lower = strictness == Strictness.PEER || Rules.isLowerHex(signature.substring(2));
        Rules.require(lower, "x402.signature", "hexadecimal is written in lower case");
        byte[] bytes = Hex.decode(signature.substring(2));
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(bytes, 0, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
        int v = bytes[64] & 0xFF;
        int yParity = v >= 27 ? v - 27 : v;
        Rules.require(yParity == 0 || yParity == 1, "x402.signature", "no such recovery id");
        return Curves.recoverAddress(digest, r, s, yParity, strictness == Strictness.STRICT);
    }

    /**
     * The address of a secp256k1 private key of 32 bytes, in lower case.
     *
     * @throws WireException {@code x402.private_key} for another length, zero, or a number beyond the order of the
     *     curve
     */
    public static String address(byte[] privateKey) {
        Rules.require(privateKey.length == 32, "x402.private_key", "a private key is 32 bytes");
        return Curves.addressOf(new BigInteger(1, privateKey));
    }
}
