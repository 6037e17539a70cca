package ai.paybond.kit.paegents.usdc;

import static ai.paybond.kit.paegents.SigningRefusedException.require;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.evm.EvmException;
import ai.paybond.kit.paegents.evm.EvmSigner;
import ai.paybond.kit.paegents.evm.TypedData;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;

/** Signs permits for one token: the infrastructure fee's, and an escrow's funding. Thread-safe if its parts are. */
public final class PermitSigner {
    private final EvmSigner signer;
    private final UsdcToken token;
    private final NonceRegister nonces;
    private final Clock clock;

    public PermitSigner(EvmSigner signer, UsdcToken token, NonceRegister nonces, Clock clock) {
        this.signer = signer;
        this.token = token;
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * Checks, then signs.
     *
     * @throws SigningRefusedException {@code paegents.foreign_buyer}, {@code paegents.wrong_spender},
     *     {@code paegents.amount}, {@code paegents.expired}, {@code paegents.lifetime} or {@code paegents.nonce_reused}
     * @throws EvmException for a number out of range, or a signer that signed with another key
     */
    public SignedPermit sign(UsdcPermit permit, PermitLimits limits) {
        require(permit.owner().equals(signer.address()), "paegents.foreign_buyer", "the permit is somebody else's");
        boolean spender =
                permit.spender().equals(limits.spender()) && !permit.spender().isZero();
        require(spender, "paegents.wrong_spender", "not the spender that was agreed");
        boolean amount = permit.value().signum() > 0 && permit.value().compareTo(limits.maxValue()) <= 0;
        require(amount, "paegents.amount", "no amount, or more than was agreed");
        requireInTime(permit, limits);
        TypedData data = permit.typedData(token);
        require(claim(permit, data), "paegents.nonce_reused", "the nonce was used for another permit");
        return new SignedPermit(permit, data.sign(signer));
    }

    private void requireInTime(UsdcPermit permit, PermitLimits limits) {
        Instant now = clock.instant();
        require(permit.deadline().compareTo(seconds(now)) > 0, "paegents.expired", "the deadline has passed");
        boolean bounded = permit.deadline().compareTo(seconds(now.plus(limits.maxLifetime()))) <= 0;
        require(bounded, "paegents.lifetime", "the deadline lies too far ahead");
    }

    private static BigInteger seconds(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond());
    }

    private boolean claim(UsdcPermit permit, TypedData data) {
        String scope = "permit " + token.caip2() + " " + token.address() + " " + permit.owner();
        return nonces.claim(scope, permit.nonce().toString(), data.digest());
    }
}
