package ai.paybond.kit.paegents.usdc;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.HexData;
import ai.paybond.kit.paegents.evm.StructTypes;
import ai.paybond.kit.paegents.evm.TypedData;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;

/**
 * One transfer, allowed within a time (EIP-3009).
 *
 * @param value in the token's smallest unit
 * @param validAfter in seconds since 1970; the transfer needs a later time
 * @param validBefore in seconds since 1970; the transfer needs an earlier time
 * @param nonce 32 random bytes
 */
public record TransferAuthorization(
        EvmAddress from,
        EvmAddress to,
        BigInteger value,
        BigInteger validAfter,
        BigInteger validBefore,
        Digest32 nonce) {
    private static final String CANCEL = "CancelAuthorization";

    /** Who may send the transaction. */
    public enum Submitter {
        /** Anyone. */
        ANYONE("TransferWithAuthorization"),
        /** The receiver of the money only. */
        RECEIVER("ReceiveWithAuthorization");

        private final String primaryType;

        Submitter(String primaryType) {
            this.primaryType = primaryType;
        }
    }

    /** The members as x402 and the signature have them: addresses with checksum, numbers as decimal text. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("from", from.checksummed())
                .put("to", to.checksummed())
                .put("value", value.toString())
                .put("validAfter", validAfter.toString())
                .put("validBefore", validBefore.toString())
                .put("nonce", HexData.encode(nonce.bytes()))
                .build();
    }

    public TypedData typedData(UsdcToken token, Submitter submitter) {
        StructTypes types = StructTypes.of(
                submitter.primaryType,
                "address from",
                "address to",
                "uint256 value",
                "uint256 validAfter",
                "uint256 validBefore",
                "bytes32 nonce");
        return new TypedData(token.domain(), types, submitter.primaryType, toJson());
    }

    /** What the payer signs to take an authorization back before it is used. */
    public static TypedData cancellation(UsdcToken token, EvmAddress authorizer, Digest32 nonce) {
        JsonObject message = JsonObject.builder()
                .put("authorizer", authorizer.checksummed())
                .put("nonce", HexData.encode(nonce.bytes()))
                .build();
        StructTypes types = StructTypes.of(CANCEL, "address authorizer", "bytes32 nonce");
        return new TypedData(token.domain(), types, CANCEL, message);
    }
}
