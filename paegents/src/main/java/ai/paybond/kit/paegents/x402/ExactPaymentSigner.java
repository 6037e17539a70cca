package ai.paybond.kit.paegents.x402;

import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.evm.EvmException;
import ai.paybond.kit.paegents.evm.EvmSigner;
import ai.paybond.kit.paegents.usdc.TransferAuthorization;
import ai.paybond.kit.paegents.usdc.TransferAuthorization.Submitter;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Clock;
import java.util.function.Supplier;

/** Answers requirements with a signed payment, if they keep to the agreed terms. Thread-safe if its parts are. */
public final class ExactPaymentSigner {
    private static final long CLOCK_SKEW_SECONDS = 60;

    private final EvmSigner signer;
    private final Clock clock;
    private final Supplier<Digest32> nonces;

    /** @param nonces gives 32 fresh random bytes at each call, from a cryptographically strong source */
    public ExactPaymentSigner(EvmSigner signer, Clock clock, Supplier<Digest32> nonces) {
        this.signer = signer;
        this.clock = clock;
        this.nonces = nonces;
    }

    /**
     * Signs a transfer of exactly the required amount, usable from a minute ago until the requirements' timeout.
     *
     * @param resource what is paid for, as the server described it; an empty object in version 1
     * @throws SigningRefusedException {@code paegents.wrong_chain}, {@code paegents.wrong_token},
     *     {@code paegents.wrong_domain}, {@code paegents.wrong_payee}, {@code paegents.amount} or {@code paegents.lifetime}
     * @throws EvmException for a number out of range, or a signer that signed with another key
     */
    public ExactPayment sign(ExactRequirements requirements, PaymentTerms terms, JsonObject resource) {
        requirements.requireWithin(terms);
        long now = clock.instant().getEpochSecond();
        TransferAuthorization authorization = new TransferAuthorization(
                signer.address(),
                requirements.payTo(),
                requirements.amount(),
                BigInteger.valueOf(now - CLOCK_SKEW_SECONDS),
                BigInteger.valueOf(now + requirements.maxTimeoutSeconds()),
                nonces.get());
        return new ExactPayment(
                requirements,
                resource,
                authorization,
                authorization.typedData(terms.token(), Submitter.ANYONE).sign(signer));
    }
}
