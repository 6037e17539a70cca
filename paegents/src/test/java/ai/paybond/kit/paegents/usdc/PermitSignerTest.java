package ai.paybond.kit.paegents.usdc;

import static ai.paybond.kit.paegents.Refusals.BUYER;
import static ai.paybond.kit.paegents.Refusals.CLOCK;
import static ai.paybond.kit.paegents.Refusals.NOW;
import static ai.paybond.kit.paegents.Refusals.OTHER;
import static ai.paybond.kit.paegents.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.evm.EvmAddress;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PermitSignerTest {
    private static final EvmAddress SPENDER = OTHER.address();
    private static final PermitLimits LIMITS =
            new PermitLimits(SPENDER, BigInteger.valueOf(103_000), Duration.ofSeconds(600));

    private final PermitSigner signer = new PermitSigner(BUYER, UsdcToken.BASE, NonceRegister.inMemory(), CLOCK);

    private SignedPermit sign(EvmAddress owner, EvmAddress spender, long value, long nonce, long deadline) {
        UsdcPermit permit = new UsdcPermit(
                owner, spender, BigInteger.valueOf(value), BigInteger.valueOf(nonce), BigInteger.valueOf(deadline));
        return signer.sign(permit, LIMITS);
    }

    @Test
    void signsWithinTheLimits() {
        SignedPermit signed = sign(BUYER.address(), SPENDER, 103_000, 0, NOW + 600);

        assertThat(signed.signature()
                        .recover(signed.permit().typedData(UsdcToken.BASE).digest()))
                .isEqualTo(BUYER.address());
    }

    @Test
    void refusesAForeignOwner() {
        assertRefused("paegents.foreign_buyer", () -> sign(OTHER.address(), SPENDER, 1, 0, NOW + 1));
    }

    @Test
    void refusesAnotherSpender() {
        assertRefused("paegents.wrong_spender", () -> sign(BUYER.address(), EvmAddress.ZERO, 1, 0, NOW + 1));
    }

    @Test
    void refusesMoreThanAgreedAndNothing() {
        assertRefused("paegents.amount", () -> sign(BUYER.address(), SPENDER, 103_001, 0, NOW + 1));
        assertRefused("paegents.amount", () -> sign(BUYER.address(), SPENDER, 0, 0, NOW + 1));
    }

    @Test
    void refusesAPastDeadlineAndOneTooFarAhead() {
        assertRefused("paegents.expired", () -> sign(BUYER.address(), SPENDER, 1, 0, NOW));
        assertRefused("paegents.lifetime", () -> sign(BUYER.address(), SPENDER, 1, 0, NOW + 601));
    }

    @Test
    void refusesANonceThatAnotherPermitHas() {
        sign(BUYER.address(), SPENDER, 1, 0, NOW + 1);

        assertRefused("paegents.nonce_reused", () -> sign(BUYER.address(), SPENDER, 2, 0, NOW + 1));
    }

    @Test
    void refusesANegativeAmountOfCents() {
        assertRefused("paegents.amount", () -> UsdcAmounts.directPaymentFee(-1));
    }

    @Test
    void feesStayExactWhereLongsWouldOverflow() {
        assertThat(UsdcAmounts.directPaymentFee(Long.MAX_VALUE)).isEqualTo(new BigInteger("1844674407370955164400"));
    }
}
