package ai.paybond.kit.guard;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every listener, and drops what a listener throws. */
final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final List<GuardListener> listeners;

    Listeners(List<GuardListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(Consumer<GuardListener> event) {
        for (GuardListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) {
                log.warn("a guard listener failed and was ignored", e);
            }
        }
    }
}
