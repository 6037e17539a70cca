package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.ForeignBlock;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.TokenNarrower;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The end of one capability, which an approval is signed for. An approver gets this instead of the capability, which
 * stays with its holder; it is no secret. Immutable.
 */
public final class ApprovalPlace {

    private static final int KEY = 32;
    private static final int LENGTH = KEY + 32;

    private final ForeignBlock.Place place;

    private ApprovalPlace(ForeignBlock.Place place) {
        this.place = place;
    }

    /**
     * The end of a capability as it is now; not verified.
     *
     * @throws CapabilityException with a code of {@link DenyCodes} when it cannot be read as a capability
     */
    public static ApprovalPlace of(@Nullable CapabilityToken token) {
        try {
            byte[] bytes = TokenText.decode(token, CapabilityLimits.DEFAULT);
            return new ApprovalPlace(TokenNarrower.place(bytes, CapabilityLimits.DEFAULT.forToken()));
        } catch (Refusal refusal) {
            throw refusal.asException();
        } catch (RejectedTokenException rejected) {
            throw Refusal.of(rejected).asException();
        }
    }

    /**
     * Reads a place as {@link #text()} writes it.
     *
     * @throws CapabilityException {@value DenyCodes#CAPABILITY_MALFORMED} when it is none
     */
    public static ApprovalPlace parse(@Nullable String text) {
        byte[] bytes = ApprovalText.decode(text, LENGTH, LENGTH);
        try {
            VerifyingKey lastKey = VerifyingKey.of(Arrays.copyOf(bytes, KEY));
            return new ApprovalPlace(
                    new ForeignBlock.Place(lastKey, Digest32.of(Arrays.copyOfRange(bytes, KEY, LENGTH))));
        } catch (WireException e) {
            throw ApprovalText.unreadable();
        }
    }

    /** The place as it travels: Base64 for URLs. */
    public String text() {
        byte[] bytes = Arrays.copyOf(place.lastKey().bytes(), LENGTH);
        System.arraycopy(place.chain().bytes(), 0, bytes, KEY, LENGTH - KEY);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    ForeignBlock.Place place() {
        return place;
    }
}
