package ai.paybond.kit.capability;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The proofs that were accepted and could be accepted again. Bounded for each holder, so that a busy one keeps nobody
 * else out, and full rather than forgetful. Thread-safe.
 */
final class NonceMemory {

    private final int maxProofs;
    private final int maxHolders;
    private final Map<VerifyingKey, OfHolder> holders = new HashMap<>();

    NonceMemory(HolderProofLimits limits) {
        this.maxProofs = limits.maxProofs();
        this.maxHolders = limits.maxHolders();
    }

    enum Answer {
        FRESH,
        REPLAYED,
        FULL
    }

    /**
     * Remembers the nonce until the given second if it is fresh.
     *
     * @param use what it is used for; the same thing may use it again
     */
    synchronized Answer take(VerifyingKey holder, String nonce, @Nullable String use, long until, long now) {
        Answer answer = look(holder, nonce, use, now);
        if (answer == Answer.FRESH) {
            holders.computeIfAbsent(holder, unused -> new OfHolder()).add(nonce, use, until);
        }
        return answer;
    }

    /** What {@link #take} would answer. */
    synchronized Answer look(VerifyingKey holder, String nonce, @Nullable String use, long now) {
        OfHolder known = holders.get(holder);
        if (known != null) {
            known.dropExpired(now);
            return known.answer(nonce, use, maxProofs);
        }
        if (holders.size() >= maxHolders) {
            holders.values().removeIf(other -> other.dropExpired(now));
        }
        return holders.size() < maxHolders ? Answer.FRESH : Answer.FULL;
    }

    private static final class OfHolder {

        private final Map<String, Optional<String>> useByNonce = new HashMap<>();
        private final PriorityQueue<Remembered> byExpiry =
                new PriorityQueue<>(Comparator.comparingLong(Remembered::until));

        void add(String nonce, @Nullable String use, long until) {
            if (useByNonce.put(nonce, Optional.ofNullable(use)) == null) {
                byExpiry.add(new Remembered(nonce, until));
            }
        }

        Answer answer(String nonce, @Nullable String use, int limit) {
            Optional<String> used = useByNonce.get(nonce);
            if (used != null) {
                return used.isPresent() && used.get().equals(use) ? Answer.FRESH : Answer.REPLAYED;
            }
            return useByNonce.size() < limit ? Answer.FRESH : Answer.FULL;
        }

        /** Whether nothing is left. */
        boolean dropExpired(long now) {
            Remembered oldest = byExpiry.peek();
            while (oldest != null && oldest.until() <= now) {
                useByNonce.remove(oldest.nonce());
                byExpiry.poll();
                oldest = byExpiry.peek();
            }
            return useByNonce.isEmpty();
        }
    }

    private record Remembered(String nonce, long until) {}
}
