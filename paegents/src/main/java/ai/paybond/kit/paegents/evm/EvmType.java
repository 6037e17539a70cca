package ai.paybond.kit.paegents.evm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A member type of typed data or of a contract call. */
sealed interface EvmType {
    /** {@code uint8} to {@code uint256}. */
    record Unsigned(int bits) implements EvmType {}

    /** {@code int8} to {@code int256}. */
    record Signed(int bits) implements EvmType {}

    /** {@code bytes1} to {@code bytes32}. */
    record FixedBytes(int size) implements EvmType {}

    /** Types without a size. */
    enum Simple implements EvmType {
        ADDRESS,
        BOOL,
        BYTES,
        STRING
    }

    /** @param length the number of elements, or {@link #ANY} */
    record ArrayOf(EvmType element, int length) implements EvmType {
        static final int ANY = -1;
    }

    /** A struct, by name; typed data only. */
    record Struct(String name) implements EvmType {}

    int MAX_TEXT = 256;
    int MAX_ARRAY_DEPTH = 8;
    String CODE = "evm.type";

    /** Reads a type; a name that is none of the built-in types is taken for a struct's. */
    static EvmType parse(String text) {
        EvmException.require(text.length() <= MAX_TEXT, CODE, "a type's name is too long");
        return parse(text, 0);
    }

    private static EvmType parse(String text, int depth) {
        EvmException.require(depth <= MAX_ARRAY_DEPTH, CODE, "arrays are nested too deeply");
        Matcher array = TypeSyntax.ARRAY.matcher(text);
        if (array.matches()) {
            String length = array.group(2);
            int count = length.isEmpty() ? ArrayOf.ANY : Integer.parseInt(length);
            return new ArrayOf(parse(array.group(1), depth + 1), count);
        }
        return single(text);
    }

    private static EvmType single(String text) {
        return switch (text) {
            case "address" -> Simple.ADDRESS;
            case "bool" -> Simple.BOOL;
            case "bytes" -> Simple.BYTES;
            case "string" -> Simple.STRING;
            default -> sizedOrStruct(text);
        };
    }

    private static EvmType sizedOrStruct(String text) {
        Matcher sized = TypeSyntax.SIZED.matcher(text);
        if (!sized.matches()) {
            EvmException.require(TypeSyntax.isIdentifier(text), CODE, "not a type's name");
            return new Struct(text);
        }
        int size = Integer.parseInt("0" + sized.group(2));
        EvmType type =
                switch (sized.group(1)) {
                    case "uint" -> new Unsigned(size);
                    case "int" -> new Signed(size);
                    default -> new FixedBytes(size);
                };
        int limit = type instanceof FixedBytes ? Words.LENGTH : Words.LENGTH * Byte.SIZE;
        boolean whole = type instanceof FixedBytes || size % Byte.SIZE == 0;
        EvmException.require(size > 0 && size <= limit && whole, CODE, "no such size");
        return type;
    }

    /** How type names are spelled. */
    final class TypeSyntax {
        static final Pattern ARRAY = Pattern.compile("(.+)\\[((?:[1-9][0-9]{0,5})?)]");
        static final Pattern SIZED = Pattern.compile("(uint|int|bytes)((?:[1-9][0-9]{0,3})?)");
        private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,127}");

        private TypeSyntax() {}

        static boolean isIdentifier(String text) {
            return IDENTIFIER.matcher(text).matches();
        }
    }
}
