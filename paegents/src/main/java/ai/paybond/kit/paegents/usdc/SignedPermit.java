package ai.paybond.kit.paegents.usdc;

import ai.paybond.kit.paegents.evm.Abi;
import ai.paybond.kit.paegents.evm.EvmSignature;
import ai.paybond.kit.wire.json.JsonArray;
import java.util.List;

/** A permit and the owner's signature. Whoever holds it can use it until its deadline. */
public record SignedPermit(UsdcPermit permit, EvmSignature signature) {
    private static final String CALL = "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)";

    /** The call to the token contract that puts the permit into force. */
    public byte[] calldata() {
        JsonArray arguments = JsonArray.of(List.of(
                permit.owner().checksummed(),
                permit.spender().checksummed(),
                permit.value().toString(),
                permit.deadline().toString(),
                signature.v(),
                signature.rHex(),
                signature.sHex()));
        return Abi.encodeCall(CALL, arguments.items());
    }
}
