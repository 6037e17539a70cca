package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.EXPIRY;
import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.requestWith;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a verifier remembers of a token must not outlive what has changed since. */
class RememberedTokenTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final CapabilityVerifier verifier = CapabilityVerifier.builder()
            .rootKey(1, ROOT.publicKey())
            .clock(new MovingClock(now))
            .revokedIds(revoked::contains)
            .build();

    @Test
    void expiresBetweenTwoCalls() {
        assertVerified(verifier.verify(token(), request()));
        now.set(EXPIRY);
        assertRefused(verifier.verify(token(), request()), DenyCodes.CAPABILITY_EXPIRED);
    }

    @Test
    void isRevokedBetweenTwoCalls() {
        assertVerified(verifier.verify(token(), request()));
        revoked.add(
                CapabilityInspector.inspect(token()).claimed().revocationIds().get(0));
        assertRefused(verifier.verify(token(), request()), DenyCodes.CAPABILITY_REVOKED);
    }

    @Test
    void checksEveryCallAnew() {
        CapabilityToken narrowed = TokenForge.authority(GRANT)
                .block("check if arg(\"city\", \"Paris\")")
                .token();

        assertVerified(verifier.verify(narrowed, requestWith("{\"city\":\"Paris\"}")));
        assertRefused(
                verifier.verify(narrowed, requestWith("{\"city\":\"Moscow\"}")), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifier.verify(narrowed, requestWith("{}")), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertVerified(verifier.verify(narrowed, requestWith("{\"city\":\"Paris\"}")));
    }

    @Test
    void keepsApartTokensThatDifferInOneBit() {
        byte[] genuine = TokenForge.bytes(token());
        byte[] flipped = genuine.clone();
        flipped[genuine.length / 2] ^= 1;

        assertVerified(verifier.verify(token(), request()));
        assertThat(verifier.verify(TokenForge.token(flipped), request())).isInstanceOf(CapabilityVerdict.Refused.class);
        assertVerified(verifier.verify(token(), request()));
    }

    @Test
    void forgetsTheOldestAndVerifiesThemAgain() {
        List<CapabilityToken> tokens = IntStream.range(0, 70)
                .mapToObj(i -> TokenForge.authority(GRANT)
                        .block("check if request_spend_cents($s), $s < " + (18_690 + i))
                        .token())
                .toList();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < tokens.size(); i++) {
                assertThat(verifier.verify(tokens.get(i), request()) instanceof CapabilityVerdict.Verified)
                        .isEqualTo(18_700 < 18_690 + i);
            }
        }
    }

    @Test
    void judgesOneTokenInManyThreads() {
        CapabilityToken narrowed = TokenForge.authority(GRANT)
                .block("check if arg(\"n\", $n), $n < 100")
                .token();

        List<Boolean> verdicts = IntStream.range(0, 200)
                .parallel()
                .mapToObj(n -> verifier.verify(narrowed, requestWith("{\"n\":" + n + "}")))
                .map(CapabilityVerdict.Verified.class::isInstance)
                .toList();

        assertThat(verdicts.subList(0, 100)).containsOnly(true);
        assertThat(verdicts.subList(100, 200)).containsOnly(false);
    }

    private static final class MovingClock extends Clock {

        private final AtomicReference<Instant> now;

        MovingClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
