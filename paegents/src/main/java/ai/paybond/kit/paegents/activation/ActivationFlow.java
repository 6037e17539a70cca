package ai.paybond.kit.paegents.activation;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.Pause;
import ai.paybond.kit.paegents.activation.ActivationOutcome.Active;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.PaegentsApiException;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.escrow.ActivationPackage;
import ai.paybond.kit.paegents.escrow.EscrowProfile;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmSigner;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Activates an escrow: fetches the package, checks it against what was agreed, signs, keeps what was signed, submits it, and
 * waits until the chain has it. {@link #run} may be called again for the same order, in another process too: it goes on where
 * the last one stopped, with the same signatures under the same idempotency key. Thread-safe; run one per agreement at a time.
 */
public final class ActivationFlow {
    private static final Logger log = LoggerFactory.getLogger(ActivationFlow.class);

    private final PaegentsClient client;
    private final ActivationSigning signing;
    private final ActivationJournal journal;
    private final NonceRegister nonces;
    private final ActivationListener listener;
    private final Clock clock;
    private final ActivationWait wait;

    private ActivationFlow(Builder builder) {
        this.client = builder.client;
        this.signing = new ActivationSigning(builder.signer, builder.profile, builder.permitNonces, builder.clock);
        this.journal = builder.journal;
        this.nonces = builder.nonces;
        this.listener = builder.listener;
        this.clock = builder.clock;
        this.wait = new ActivationWait(client, this::tell, builder.clock, builder.pause, builder.patience);
    }

    /**
     * @param signer the buyer's wallet
     * @param profile how the escrow lays out what it has signed; Paegents does not publish it
     * @param permitNonces reads the token contract's {@code nonces(owner)}; asked only when a permit is due
     */
    public static Builder builder(
            PaegentsClient client,
            EvmSigner signer,
            EscrowProfile profile,
            Function<EvmAddress, BigInteger> permitNonces) {
        return new Builder(client, signer, profile, permitNonces);
    }

    /**
     * Activates, or goes on activating.
     *
     * @throws ai.paybond.kit.paegents.SigningRefusedException if the package differs from the order; nothing was signed
     * @throws PaegentsApiException if Paegents refuses, or cannot be reached before anything was submitted; run again
     * @throws ai.paybond.kit.PaybondException {@code activation.journal} if nothing could be kept; nothing was sent
     */
    public ActivationOutcome run(ActivationOrder order) {
        Agreement agreement = client.agreements().get(order.agreementId());
        if (agreement.isActive()) {
            journal.forget(order.agreementId());
            return new Active(agreement.raw().string("activation_tx_hash").orElse(null));
        }
        Optional<ActivationRecord> kept = journal.find(order.agreementId());
        ActivationRecord pending = kept.flatMap(this::usable).orElseGet(() -> signedAnew(order, kept));
        if (!pending.submitted()) {
            submit(pending);
        }
        ActivationOutcome outcome = wait.until(order.agreementId());
        if (outcome instanceof Active) {
            journal.forget(order.agreementId());
        }
        return outcome;
    }

    /** What an earlier run kept, as far as it is still good for something. */
    private Optional<ActivationRecord> usable(ActivationRecord kept) {
        boolean alive = clock.instant().isBefore(kept.voidFrom());
        String status =
                kept.submitted() ? client.escrows().status(kept.agreementId()).activationStatus() : "unsubmitted";
        Optional<ActivationRecord> usable = usable(kept, status, alive);
        usable.ifPresent(found -> tell(told -> told.resumed(found.agreementId())));
        return usable;
    }

    private static Optional<ActivationRecord> usable(ActivationRecord kept, String status, boolean alive) {
        if (ActivationWait.isRefused(status)) {
            return Optional.empty();
        }
        return switch (status) {
            case "unsubmitted" -> alive ? Optional.of(kept) : Optional.empty();
            case "ready" -> alive ? Optional.of(kept.nextAttempt()) : Optional.empty();
            default -> Optional.of(kept);
        };
    }

    /** What was signed before is void or was refused by then, so that its nonces are free for this. */
    private ActivationRecord signedAnew(ActivationOrder order, Optional<ActivationRecord> before) {
        ActivationPackage proposed = client.escrows().activationPackage(order.agreementId());
        tell(told -> told.fetched(order.agreementId(), proposed));
        int attempt = before.map(ActivationRecord::attempt).orElse(0) + 1;
        NonceRegister register = before.isPresent() ? NonceRegister.inMemory() : nonces;
        ActivationRecord signed = signing.sign(order, proposed, attempt, register);
        journal.keep(signed);
        tell(told -> told.signed(order.agreementId()));
        return signed;
    }

    private void submit(ActivationRecord signed) {
        journal.keep(signed);
        client.escrows().activate(signed.agreementId(), signed.submission(), signed.idempotencyKey());
        journal.keep(signed.acknowledged());
        tell(told -> told.submitted(signed.agreementId()));
    }

    private void tell(Consumer<ActivationListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            log.warn("an activation listener failed", e);
        }
    }

    /** Collects the parts of a flow. Not thread-safe. */
    public static final class Builder {
        private final PaegentsClient client;
        private final EvmSigner signer;
        private final EscrowProfile profile;
        private final Function<EvmAddress, BigInteger> permitNonces;
        private ActivationJournal journal = ActivationJournal.inMemory();
        private NonceRegister nonces = NonceRegister.inMemory();
        private ActivationListener listener = new ActivationListener() {};
        private Clock clock = Clock.systemUTC();
        private Pause pause = Pause.sleeping();
        private Duration patience = Duration.ofMinutes(5);

        private Builder(
                PaegentsClient client,
                EvmSigner signer,
                EscrowProfile profile,
                Function<EvmAddress, BigInteger> permitNonces) {
            this.client = Objects.requireNonNull(client, "client");
            this.signer = Objects.requireNonNull(signer, "signer");
            this.profile = Objects.requireNonNull(profile, "profile");
            this.permitNonces = Objects.requireNonNull(permitNonces, "permitNonces");
        }

        /** Where it is kept what was signed; in memory by default, which does not survive a crash. */
        public Builder journal(ActivationJournal newJournal) {
            this.journal = Objects.requireNonNull(newJournal, "newJournal");
            return this;
        }

        /** Which nonces were used for what; in memory by default. */
        public Builder nonces(NonceRegister register) {
            this.nonces = Objects.requireNonNull(register, "register");
            return this;
        }

        /** Watches. */
        public Builder listener(ActivationListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /** The time; the system's UTC clock by default. */
        public Builder clock(Clock newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** How to wait between looks; sleeping by default. */
        public Builder pause(Pause newPause) {
            this.pause = Objects.requireNonNull(newPause, "newPause");
            return this;
        }

        /** How long one run waits for the chain; five minutes by default. */
        public Builder patience(Duration limit) {
            this.patience = Objects.requireNonNull(limit, "limit");
            return this;
        }

        public ActivationFlow build() {
            return new ActivationFlow(this);
        }
    }
}
