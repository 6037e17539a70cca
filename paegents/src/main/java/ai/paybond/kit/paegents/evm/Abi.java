package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Contract calls and their results. Values are JSON as in {@link TypedData}; results give integers as decimal text and
 * addresses with checksum. Types are the built-in ones and arrays of them; there are no tuples.
 */
public final class Abi {
    private static final int SELECTOR_LENGTH = 4;
    private static final Pattern SIGNATURE = Pattern.compile("([A-Za-z_$][A-Za-z0-9_$]{0,127})\\(([^() ]*)\\)");
    private static final String TYPE_CODE = "evm.type";

    private Abi() {}

    /**
     * The first four bytes of a call.
     *
     * @param signature such as {@code approve(address,uint256)}
     * @throws EvmException {@code evm.type} for anything else
     */
    public static byte[] selector(String signature) {
        parameters(signature);
        return Arrays.copyOf(Keccak256.ofUtf8(signature).bytes(), SELECTOR_LENGTH);
    }

    /**
     * The data of a call.
     *
     * @throws EvmException {@code evm.type}, {@code evm.arguments} for the wrong number of them, or the code of a bad value
     */
    public static byte[] encodeCall(String signature, List<JsonValue> arguments) {
        List<EvmType> types = parameters(signature);
        EvmException.require(types.size() == arguments.size(), "evm.arguments", "wrong number of arguments");
        return Words.concatenate(List.of(selector(signature), AbiWriter.tuple(types, arguments)));
    }

    /**
     * Reads what a call returned. The data must be exactly what encoding the values gives: no bytes left over, no other
     * padding.
     *
     * @param types comma-separated, such as {@code string} or {@code bytes32,uint256[]}
     * @throws EvmException {@code evm.type} or {@code evm.return_data}
     */
    public static JsonArray decode(String types, byte[] data) {
        return new JsonArray(AbiReader.read(types(types), data));
    }

    private static List<EvmType> parameters(String signature) {
        Matcher matcher = SIGNATURE.matcher(signature);
        EvmException.require(matcher.matches(), TYPE_CODE, "not a function's signature");
        return types(matcher.group(2));
    }

    private static List<EvmType> types(String list) {
        if (list.isEmpty()) {
            return List.of();
        }
        List<EvmType> types =
                Arrays.stream(list.split(",", -1)).map(EvmType::parse).toList();
        types.forEach(Abi::requireBuiltIn);
        return types;
    }

    private static void requireBuiltIn(EvmType type) {
        if (type instanceof EvmType.ArrayOf array) {
            requireBuiltIn(array.element());
        }
        EvmException.require(!(type instanceof EvmType.Struct), TYPE_CODE, "not a built-in type");
    }
}
