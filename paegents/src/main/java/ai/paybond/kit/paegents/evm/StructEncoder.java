package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** EIP-712's encodeData over JSON values. A member that is missing, or that the type does not know, is refused. */
final class StructEncoder {
    private static final int MAX_DEPTH = 64;

    private final StructTypes types;

    StructEncoder(StructTypes types) {
        this.types = types;
    }

    Digest32 hash(String struct, JsonObject value) {
        return Keccak256.hash(encode(struct, value, 0));
    }

    byte[] encode(String struct, JsonObject value) {
        return encode(struct, value, 0);
    }

    private byte[] encode(String struct, JsonObject value, int depth) {
        EvmException.require(depth <= MAX_DEPTH, "evm.value", "values are nested too deeply");
        List<StructTypes.Member> members = types.members(struct);
        List<byte[]> words = new ArrayList<>();
        words.add(types.typeHash(struct).bytes());
        members.forEach(member -> words.add(word(member.parsed(), required(value, member.name()), depth)));
        boolean covered = value.members().size() == members.size();
        EvmException.require(covered, "evm.member_unknown", "a member that the signature would not cover");
        return Words.concatenate(words);
    }

    private static JsonValue required(JsonObject value, String name) {
        JsonValue member = value.get(name);
        if (member == null) {
            throw new EvmException("evm.member_missing", "a member of the type is missing");
        }
        return member;
    }

    private byte[] word(EvmType type, JsonValue value, int depth) {
        if (type instanceof EvmType.Struct struct) {
            EvmException.require(value instanceof JsonObject, "evm.value", "a struct is an object");
            return Keccak256.hash(encode(struct.name(), (JsonObject) value, depth + 1))
                    .bytes();
        }
        if (type instanceof EvmType.ArrayOf array) {
            return arrayHash(array, value, depth);
        }
        if (EvmValues.isContent(type)) {
            return Keccak256.hash(EvmValues.content(type, value)).bytes();
        }
        return EvmValues.word(type, value);
    }

    private byte[] arrayHash(EvmType.ArrayOf array, JsonValue value, int depth) {
        List<byte[]> words = new ArrayList<>();
        for (JsonValue item : EvmValues.items(array, value)) {
            words.add(word(array.element(), item, depth + 1));
        }
        return Keccak256.hash(Words.concatenate(words)).bytes();
    }
}
