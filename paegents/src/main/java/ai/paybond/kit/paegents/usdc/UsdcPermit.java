package ai.paybond.kit.paegents.usdc;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.StructTypes;
import ai.paybond.kit.paegents.evm.TypedData;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;

/**
 * Leave for a spender to take up to an amount (EIP-2612).
 *
 * @param value in the token's smallest unit
 * @param nonce the token contract's {@code nonces(owner)}; permits of one owner take consecutive ones
 * @param deadline in seconds since 1970
 */
public record UsdcPermit(
        EvmAddress owner, EvmAddress spender, BigInteger value, BigInteger nonce, BigInteger deadline) {
    private static final StructTypes TYPES = StructTypes.of(
            "Permit", "address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline");

    public TypedData typedData(UsdcToken token) {
        JsonObject message = JsonObject.builder()
                .put("owner", owner.checksummed())
                .put("spender", spender.checksummed())
                .put("value", value.toString())
                .put("nonce", nonce.toString())
                .put("deadline", deadline.toString())
                .build();
        return new TypedData(token.domain(), TYPES, "Permit", message);
    }
}
