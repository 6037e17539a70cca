package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reads encoded values in one pass. An offset must point to where the encoder would have put the value, so that no part is
 * read twice and a short input cannot stand for a huge result.
 */
final class AbiReader {
    private final byte[] data;
    private int at;

    private AbiReader(byte[] data) {
        this.data = data;
    }

    static List<JsonValue> read(List<EvmType> types, byte[] data) {
        AbiReader reader = new AbiReader(data);
        List<JsonValue> values = reader.tuple(types);
        require(reader.at == data.length, "bytes left over");
        return values;
    }

    private List<JsonValue> tuple(List<EvmType> types) {
        int base = at;
        List<JsonValue> values = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        for (EvmType type : types) {
            if (AbiWriter.isDynamic(type)) {
                offsets.add(size());
                values.add(JsonBoolean.FALSE);
            } else {
                values.add(value(type));
            }
        }
        int next = 0;
        for (int i = 0; i < types.size(); i++) {
            if (AbiWriter.isDynamic(types.get(i))) {
                require(offsets.get(next++) == at - base, "an offset out of order");
                values.set(i, value(types.get(i)));
            }
        }
        return values;
    }

    private JsonValue value(EvmType type) {
        if (type instanceof EvmType.ArrayOf array) {
            int count = array.length() == EvmType.ArrayOf.ANY ? size() : array.length();
            require(count <= (data.length - at) / Words.LENGTH, "an array longer than the data");
            return new JsonArray(tuple(Collections.nCopies(count, array.element())));
        }
        if (EvmValues.isContent(type)) {
            return content(type);
        }
        return word(type, take(Words.LENGTH));
    }

    private JsonValue content(EvmType type) {
        int length = size();
        byte[] content = take(length);
        for (byte padding : take(AbiWriter.padding(length))) {
            require(padding == 0, "padding that is not zero");
        }
        return new JsonString(type == EvmType.Simple.STRING ? Utf8.decode(content) : HexData.encode(content));
    }

    private static JsonValue word(EvmType type, byte[] word) {
        JsonValue value = unchecked(type, word);
        require(Arrays.equals(EvmValues.word(type, value), word), "padding that is not zero");
        return value;
    }

    private static JsonValue unchecked(EvmType type, byte[] word) {
        if (type instanceof EvmType.FixedBytes fixed) {
            return new JsonString(HexData.encode(Arrays.copyOf(word, fixed.size())));
        }
        if (type == EvmType.Simple.ADDRESS) {
            byte[] address = Arrays.copyOfRange(word, word.length - 20, word.length);
            return new JsonString(EvmAddress.of(address).checksummed());
        }
        if (type == EvmType.Simple.BOOL) {
            return JsonBoolean.of(word[word.length - 1] != 0);
        }
        boolean signed = type instanceof EvmType.Signed;
        return new JsonString((signed ? new BigInteger(word) : new BigInteger(1, word)).toString());
    }

    private int size() {
        BigInteger size = new BigInteger(1, take(Words.LENGTH));
        require(size.bitLength() < Integer.SIZE, "a size beyond the data");
        return size.intValue();
    }

    private byte[] take(int length) {
        require(length <= data.length - at, "data ends early");
        at += length;
        return Arrays.copyOfRange(data, at - length, at);
    }

    private static void require(boolean condition, String message) {
        EvmException.require(condition, "evm.return_data", message);
    }
}
