package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Heads of fixed size first, then what is too long for them, in the same order. */
final class AbiWriter {
    private AbiWriter() {}

    static boolean isDynamic(EvmType type) {
        if (type instanceof EvmType.ArrayOf array) {
            return array.length() == EvmType.ArrayOf.ANY || isDynamic(array.element());
        }
        return EvmValues.isContent(type);
    }

    static byte[] tuple(List<EvmType> types, List<JsonValue> values) {
        List<byte[]> encoded = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < types.size(); i++) {
            byte[] value = encode(types.get(i), values.get(i));
            encoded.add(value);
            offset += isDynamic(types.get(i)) ? Words.LENGTH : value.length;
        }
        List<byte[]> heads = new ArrayList<>();
        List<byte[]> tails = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            if (isDynamic(types.get(i))) {
                heads.add(number(offset));
                tails.add(encoded.get(i));
                offset += encoded.get(i).length;
            } else {
                heads.add(encoded.get(i));
            }
        }
        heads.addAll(tails);
        return Words.concatenate(heads);
    }

    private static byte[] encode(EvmType type, JsonValue value) {
        if (type instanceof EvmType.ArrayOf array) {
            List<JsonValue> items = EvmValues.items(array, value);
            byte[] elements = tuple(Collections.nCopies(items.size(), array.element()), items);
            boolean counted = array.length() == EvmType.ArrayOf.ANY;
            return counted ? Words.concatenate(List.of(number(items.size()), elements)) : elements;
        }
        if (EvmValues.isContent(type)) {
            byte[] content = EvmValues.content(type, value);
            byte[] padding = new byte[padding(content.length)];
            return Words.concatenate(List.of(number(content.length), content, padding));
        }
        return EvmValues.word(type, value);
    }

    static int padding(int length) {
        return Math.floorMod(-length, Words.LENGTH);
    }

    private static byte[] number(int value) {
        return Words.unsigned(BigInteger.valueOf(value));
    }
}
