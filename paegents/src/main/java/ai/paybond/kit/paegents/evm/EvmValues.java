package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** JSON values as words and bytes. Each value has one spelling, and a value outside its type's range is refused. */
final class EvmValues {
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,77}");
    private static final String CODE = "evm.value";

    private EvmValues() {}

    /** The word of a type that fits into one. */
    static byte[] word(EvmType type, JsonValue value) {
        if (type instanceof EvmType.Unsigned unsigned) {
            return Words.unsigned(unsigned(integer(value), unsigned.bits()));
        }
        if (type instanceof EvmType.Signed signed) {
            return Words.signed(signed(integer(value), signed.bits()));
        }
        if (type instanceof EvmType.FixedBytes fixed) {
            return Words.leftAligned(HexData.decode(text(value), fixed.size()));
        }
        if (type == EvmType.Simple.ADDRESS) {
            return Words.rightAligned(EvmAddress.parse(text(value)).bytes());
        }
        if (type == EvmType.Simple.BOOL) {
            return Words.unsigned(bool(value) ? BigInteger.ONE : BigInteger.ZERO);
        }
        throw new EvmException("evm.type", "not a type of one word");
    }

    /** The content of {@code bytes} or {@code string}. */
    static byte[] content(EvmType type, JsonValue value) {
        return type == EvmType.Simple.STRING ? Utf8.encode(text(value)) : HexData.decode(text(value));
    }

    static boolean isContent(EvmType type) {
        return type == EvmType.Simple.STRING || type == EvmType.Simple.BYTES;
    }

    /** The elements of an array, as many as its type asks for. */
    static List<JsonValue> items(EvmType.ArrayOf type, JsonValue value) {
        if (!(value instanceof JsonArray array)) {
            throw new EvmException(CODE, "a value of the wrong JSON type");
        }
        int count = array.items().size();
        boolean fits = type.length() == EvmType.ArrayOf.ANY || type.length() == count;
        EvmException.require(fits, CODE, "an array of the wrong length");
        return array.items();
    }

    private static BigInteger unsigned(BigInteger value, int bits) {
        requireRange(value.signum() >= 0 && value.bitLength() <= bits);
        return value;
    }

    private static BigInteger signed(BigInteger value, int bits) {
        requireRange(value.bitLength() < bits);
        return value;
    }

    private static void requireRange(boolean inRange) {
        EvmException.require(inRange, "evm.value_range", "a number outside its type's range");
    }

    static BigInteger integer(JsonValue value) {
        String digits = value instanceof JsonNumber number ? number.text() : text(value);
        EvmException.require(INTEGER.matcher(digits).matches(), CODE, "not an integer in plain decimals");
        return new BigInteger(digits);
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw new EvmException(CODE, "a value of the wrong JSON type");
    }

    private static boolean bool(JsonValue value) {
        if (value instanceof JsonBoolean bool) {
            return bool.value();
        }
        throw new EvmException(CODE, "a value of the wrong JSON type");
    }
}
