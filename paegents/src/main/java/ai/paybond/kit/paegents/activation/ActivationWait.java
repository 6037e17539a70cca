package ai.paybond.kit.paegents.activation;

import ai.paybond.kit.paegents.Pause;
import ai.paybond.kit.paegents.activation.ActivationOutcome.Active;
import ai.paybond.kit.paegents.activation.ActivationOutcome.Failed;
import ai.paybond.kit.paegents.activation.ActivationOutcome.StillReady;
import ai.paybond.kit.paegents.activation.ActivationOutcome.StuckSubmitting;
import ai.paybond.kit.paegents.activation.ActivationOutcome.TimedOut;
import ai.paybond.kit.paegents.client.Escrows.EscrowStatus;
import ai.paybond.kit.paegents.client.PaegentsApiException;
import ai.paybond.kit.paegents.client.PaegentsClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks until an activation is decided or the time is up: after 3 s at first, then ever less often, down to every 15 s. */
final class ActivationWait {
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Set<String> REFUSED = Set.of("failed", "reverted", "rejected", "expired", "cancelled");

    private final PaegentsClient client;
    private final Consumer<Consumer<ActivationListener>> listeners;
    private final Clock clock;
    private final Pause pause;
    private final Duration patience;

    ActivationWait(
            PaegentsClient client,
            Consumer<Consumer<ActivationListener>> listeners,
            Clock clock,
            Pause pause,
            Duration patience) {
        this.client = client;
        this.listeners = listeners;
        this.clock = clock;
        this.pause = pause;
        this.patience = patience;
    }

    /** Whether an activation in this status can only be signed and submitted anew. */
    static boolean isRefused(String activationStatus) {
        return REFUSED.contains(activationStatus);
    }

    ActivationOutcome until(String agreementId) {
        Instant end = clock.instant().plus(patience);
        Duration rest = FIRST;
        EscrowStatus last = null;
        while (true) {
            last = look(agreementId).orElse(last);
            Optional<ActivationOutcome> decided = last == null ? Optional.empty() : decided(agreementId, last);
            if (decided.isPresent()) {
                return decided.get();
            }
            if (!clock.instant().isBefore(end) || !rested(rest)) {
                return undecided(last);
            }
            rest = rest.multipliedBy(3).dividedBy(2);
            rest = rest.compareTo(LONGEST) < 0 ? rest : LONGEST;
        }
    }

    /** Empty when Paegents cannot be asked now. */
    private Optional<EscrowStatus> look(String agreementId) {
        try {
            EscrowStatus status = client.escrows().status(agreementId);
            listeners.accept(told -> told.polled(agreementId, status));
            return Optional.of(status);
        } catch (PaegentsApiException e) {
            if (e.retryable()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Confirmed counts only together with the agreement's being active. */
    private Optional<ActivationOutcome> decided(String agreementId, EscrowStatus status) {
        if (isRefused(status.activationStatus())) {
            return Optional.of(new Failed(status.activationStatus()));
        }
        boolean confirmed = status.activationStatus().equals("confirmed");
        return confirmed && isActive(agreementId)
                ? Optional.of(new Active(status.activationTransaction().orElse(null)))
                : Optional.empty();
    }

    private boolean isActive(String agreementId) {
        try {
            return client.agreements().get(agreementId).isActive();
        } catch (PaegentsApiException e) {
            if (e.retryable()) {
                return false;
            }
            throw e;
        }
    }

    private static ActivationOutcome undecided(@Nullable EscrowStatus last) {
        String transaction = last == null ? null : last.activationTransaction().orElse(null);
        String status = last == null ? "unknown" : last.activationStatus();
        if (status.equals("ready")) {
            return new StillReady();
        }
        return status.equals("submitting") && transaction == null ? new StuckSubmitting() : new TimedOut(transaction);
    }

    private boolean rested(Duration rest) {
        try {
            pause.rest(rest);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
