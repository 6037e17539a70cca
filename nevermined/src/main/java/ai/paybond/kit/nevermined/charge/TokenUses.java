package ai.paybond.kit.nevermined.charge;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the calls of each token. Tokens are known by their digest only. */
final class TokenUses {
    private static final int MAX_TOKENS = 20_000;

    private final TokenLimits limits;
    private final Clock clock;
    private final Map<String, Uses> tokens = new LinkedHashMap<>(16, 0.75f, true);

    TokenUses(TokenLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Takes a use, or says with which code it is refused. */
    synchronized Optional<String> begin(String token) {
        Uses uses = tokens.computeIfAbsent(token, digest -> new Uses());
        forgetIdleTokens();
        Instant since = clock.instant().minus(limits.window());
        while (!uses.at.isEmpty() && !uses.at.getFirst().isAfter(since)) {
            uses.at.removeFirst();
        }
        if (uses.inFlight >= limits.maxInFlight()) {
            return Optional.of(ChargeCodes.TOKEN_IN_FLIGHT);
        }
        if (uses.at.size() >= limits.maxUses()) {
            return Optional.of(ChargeCodes.TOKEN_OVERUSED);
        }
        uses.inFlight++;
        uses.at.addLast(clock.instant());
        return Optional.empty();
    }

    /** The call is over, or was never admitted; the use counts until its window ends. */
    synchronized void end(String token) {
        Uses uses = tokens.get(token);
        if (uses != null && uses.inFlight > 0) {
            uses.inFlight--;
        }
    }

    private void forgetIdleTokens() {
        if (tokens.size() > MAX_TOKENS) {
            tokens.values().removeIf(uses -> uses.inFlight == 0 && tokens.size() > MAX_TOKENS / 2);
        }
    }

    private static final class Uses {
        private final Deque<Instant> at = new ArrayDeque<>();
        private int inFlight;
    }
}
