package ai.paybond.kit.nevermined.charge;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, whatever they do. */
final class Observers {
    private static final Logger log = LoggerFactory.getLogger(Observers.class);

    private final List<ChargeListener> listeners;

    Observers(List<ChargeListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(Consumer<ChargeListener> event) {
        for (ChargeListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                log.warn("a charge listener failed", e);
            }
        }
    }
}
