package ai.paybond.kit.guard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest reservations that were given back because their call could not be started. An authority answers a repeated
 * request with the decision it made before; no call may run on one of these. Thread-safe.
 */
final class GivenBack {
    private static final int LATEST = 4_096;

    private final Set<String> decisions = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > LATEST;
        }
    }));

    void add(@Nullable String decisionId) {
        if (decisionId != null) {
            decisions.add(decisionId);
        }
    }

    boolean contains(@Nullable String decisionId) {
        return decisionId != null && decisions.contains(decisionId);
    }
}
