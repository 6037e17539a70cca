package ai.paybond.kit.wire;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Text;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The keys a verifier vouches for. An empty set vouches for none and denies everything; looking at an object without
 * knowing its signer has to be said aloud with {@link #unpinned()} and never comes out as {@link Verdict.Valid}.
 * Immutable and thread-safe. Source: this library; in the Paybond Kit wire format most signed objects carry their own
 * key, and an empty list means any key.
 */
public final class TrustedKeys {
    private static final TrustedKeys UNPINNED = new TrustedKeys(Set.of());

    private final Set<String> hex;

    private TrustedKeys(Set<String> hex) {
        this.hex = Set.copyOf(hex);
    }

    /** Vouches for exactly these keys. */
    public static TrustedKeys of(VerifyingKey... keys) {
        return of(Arrays.asList(keys));
    }

    /** Vouches for exactly these keys. */
    public static TrustedKeys of(Collection<VerifyingKey> keys) {
        return ofHex(keys.stream().map(VerifyingKey::hex).toList());
    }

    /** Keys as hexadecimal text in either case; text that is no key matches nothing. */
    public static TrustedKeys ofHex(Collection<String> keys) {
        Set<String> folded = new HashSet<>();
        keys.forEach(key -> folded.add(Text.fold(key)));
        return new TrustedKeys(folded);
    }

    /** Vouches for nothing and asks for nothing: the best possible answer is {@link Verdict.ValidUnpinned}. */
    public static TrustedKeys unpinned() {
        return UNPINNED;
    }

    /** True only for {@link #unpinned()}; an empty set of keys is not. */
    public boolean isUnpinned() {
        return this == UNPINNED;
    }

    /** True if this key is vouched for. */
    public boolean contains(VerifyingKey key) {
        return hex.contains(key.hex());
    }

    @Override
    public String toString() {
        return isUnpinned() ? "TrustedKeys[unpinned]" : "TrustedKeys" + hex;
    }
}
