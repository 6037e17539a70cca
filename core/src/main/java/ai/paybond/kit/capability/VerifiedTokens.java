package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.BiscuitTokens;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.ThirdParties;
import ai.paybond.kit.internal.biscuit.TokenLimits;
import ai.paybond.kit.internal.biscuit.VerifiedToken;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.Ed25519;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies each token's signatures once and remembers the ones that hold, by the digest of their exact bytes. An agent
 * makes many calls with one token, and the signatures are nearly all of the work. Revocation, expiry, the grant and the
 * token's checks depend on the call and are never remembered; neither are tokens that were rejected.
 */
final class VerifiedTokens {

    private static final int MAX_REMEMBERED = 64;

    private final Map<Integer, VerifyingKey> rootKeys;
    private final ThirdParties thirdParties;
    private final TokenLimits limits;
    private final Map<Digest32, VerifiedToken> byUse = new LinkedHashMap<>(MAX_REMEMBERED, 0.75f, true);

    VerifiedTokens(Map<Integer, VerifyingKey> rootKeys, ThirdParties thirdParties, TokenLimits limits) {
        this.rootKeys = onFastestEngine(rootKeys);
        this.thirdParties = thirdParties;
        this.limits = limits;
    }

    private static Map<Integer, VerifyingKey> onFastestEngine(Map<Integer, VerifyingKey> keys) {
        return keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, key -> VerifyingKey.of(key.getValue().bytes(), Ed25519.forVerifying())));
    }

    VerifiedToken verify(byte[] bytes) throws RejectedTokenException {
        Digest32 digest = Digest32.sha256(bytes);
        VerifiedToken known = remembered(digest);
        return known == null ? remember(digest, BiscuitTokens.verify(bytes, rootKeys, thirdParties, limits)) : known;
    }

    private synchronized @Nullable VerifiedToken remembered(Digest32 digest) {
        return byUse.get(digest);
    }

    private synchronized VerifiedToken remember(Digest32 digest, VerifiedToken token) {
        byUse.put(digest, token);
        if (byUse.size() > MAX_REMEMBERED) {
            byUse.remove(byUse.keySet().iterator().next());
        }
        return token;
    }
}
