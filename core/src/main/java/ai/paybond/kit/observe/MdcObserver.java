package ai.paybond.kit.observe;

import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ObservedCall;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts the call into SLF4J's mapped diagnostic context while the tool runs, and afterwards what was there before: the keys
 * {@code paybond.callId}, {@code paybond.intentId}, {@code paybond.tool} and, once the authority has decided,
 * {@code paybond.decisionId}. Values are one line. Thread-safe.
 */
public final class MdcObserver implements CallObserver {

    @Override
    public CallObservation begin(ObservedCall call) {
        return new Context(call);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static final class Context implements CallObservation {
        private final Map<String, String> entries = new ConcurrentHashMap<>();

        Context(ObservedCall call) {
            entries.put("paybond.callId", oneLine(call.callId()));
            entries.put("paybond.intentId", call.intentId());
            entries.put("paybond.tool", call.toolName());
        }

        @Override
        public void allowed(Decision.Allowed decision) {
            String decisionId = decision.decisionId();
            if (decisionId != null) {
                entries.put("paybond.decisionId", oneLine(decisionId));
            }
        }

        @Override
        public Scope stage(Stage stage) {
            return stage == Stage.RUN ? put() : () -> {};
        }

        private Scope put() {
            Map<String, @Nullable String> before = new HashMap<>();
            entries.forEach((key, value) -> {
                before.put(key, MDC.get(key));
                MDC.put(key, value);
            });
            return () -> before.forEach(Context::restore);
        }

        private static void restore(String key, @Nullable String value) {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        }
    }
}
