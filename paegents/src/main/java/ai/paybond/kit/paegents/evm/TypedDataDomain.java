package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a signature is bound to (EIP-712). A member that is null takes no part in the separator.
 *
 * @param salt 32 bytes, or null
 */
public record TypedDataDomain(
        @Nullable String name,
        @Nullable String version,
        @Nullable BigInteger chainId,
        @Nullable EvmAddress verifyingContract,
        @Nullable Digest32 salt) {
    private static final String STRUCT = "EIP712Domain";
    private static final List<StructTypes.Member> ALL = List.of(
            new StructTypes.Member("name", "string"),
            new StructTypes.Member("version", "string"),
            new StructTypes.Member("chainId", "uint256"),
            new StructTypes.Member("verifyingContract", "address"),
            new StructTypes.Member("salt", "bytes32"));

    /** The usual domain of a contract, without salt. */
    public static TypedDataDomain of(String name, String version, long chainId, EvmAddress verifyingContract) {
        return new TypedDataDomain(name, version, BigInteger.valueOf(chainId), verifyingContract, null);
    }

    /**
     * Reads the members that are there.
     *
     * @throws EvmException for a member that no domain has, or a value that is none of its type
     */
    public static TypedDataDomain parse(JsonObject json) {
        new StructEncoder(types(json)).encode(STRUCT, json);
        return new TypedDataDomain(
                json.string("name").orElse(null),
                json.string("version").orElse(null),
                json.has("chainId") ? EvmValues.integer(member(json, "chainId")) : null,
                json.string("verifyingContract").map(EvmAddress::parse).orElse(null),
                json.string("salt")
                        .map(text -> Digest32.of(HexData.decode(text, Words.LENGTH)))
                        .orElse(null));
    }

    private static JsonValue member(JsonObject json, String name) {
        return Objects.requireNonNull(json.get(name), name);
    }

    private static StructTypes types(JsonObject json) {
        return StructTypes.of(Map.of(
                STRUCT, ALL.stream().filter(member -> json.has(member.name())).toList()));
    }

    /** The members that take part, in the order of the specification. */
    public List<StructTypes.Member> members() {
        return types(toJson()).members(STRUCT);
    }

    /** {@code chainId} as decimal text. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .putIfPresent("name", name)
                .putIfPresent("version", version)
                .putIfPresent("chainId", chainId == null ? null : chainId.toString())
                .putIfPresent("verifyingContract", verifyingContract == null ? null : verifyingContract.checksummed())
                .putIfPresent("salt", salt == null ? null : HexData.encode(salt.bytes()))
                .build();
    }

    public Digest32 separator() {
        JsonObject json = toJson();
        return new StructEncoder(types(json)).hash(STRUCT, json);
    }
}
