package ai.paybond.kit.paegents.activation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where activations are remembered between signing and confirmation. One that is meant to survive a crash is durable before
 * {@link #keep} returns. Implementations are thread-safe; every method may throw
 * {@link ai.paybond.kit.PaybondException} {@code activation.journal}, and then nothing is sent.
 */
public interface ActivationJournal {

    /** What is kept of an agreement's activation. */
    Optional<ActivationRecord> find(String agreementId);

    /** Keeps a record in place of the one before. */
    void keep(ActivationRecord activation);

    /** Keeps nothing of it any more. */
    void forget(String agreementId);

    /** Forgets with the process. */
    static ActivationJournal inMemory() {
        Map<String, ActivationRecord> records = new ConcurrentHashMap<>();
        return new ActivationJournal() {
            @Override
            public Optional<ActivationRecord> find(String agreementId) {
                return Optional.ofNullable(records.get(agreementId));
            }

            @Override
            public void keep(ActivationRecord activation) {
                records.put(activation.agreementId(), activation);
            }

            @Override
            public void forget(String agreementId) {
                records.remove(agreementId);
            }
        };
    }

    /**
     * One file per agreement, readable by its owner alone where the file system knows modes, flushed to the device.
     *
     * @param directory must be there
     */
    static ActivationJournal directory(Path directory) {
        return new FileActivationJournal(directory);
    }
}
