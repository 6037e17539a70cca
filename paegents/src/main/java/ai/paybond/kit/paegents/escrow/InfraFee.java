package ai.paybond.kit.paegents.escrow;

import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.usdc.UsdcPermit;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import java.math.BigInteger;

/**
 * The platform's fee, collected by a permit.
 *
 * @param amount in the token's smallest unit
 */
public record InfraFee(EvmAddress spender, BigInteger amount, EvmAddress token) {
    /**
     * The permit to have signed by {@link ai.paybond.kit.paegents.usdc.PermitSigner}. Funding an escrow by a permit takes a
     * nonce of the same sequence; which of the two is used first on the chain is not documented.
     *
     * @param nonce the token contract's {@code nonces(owner)}
     * @param deadline in seconds since 1970
     * @throws SigningRefusedException {@code paegents.wrong_token} if the fee is asked in another token
     */
    public UsdcPermit permit(UsdcToken expected, EvmAddress owner, BigInteger nonce, BigInteger deadline) {
        SigningRefusedException.require(
                token.equals(expected.address()), "paegents.wrong_token", "another token than agreed");
        return new UsdcPermit(owner, spender, amount, nonce, deadline);
    }
}
