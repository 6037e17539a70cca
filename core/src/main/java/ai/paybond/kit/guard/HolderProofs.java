package ai.paybond.kit.guard;

import ai.paybond.kit.capability.CapabilityException;
import ai.paybond.kit.capability.CapabilityInspector;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.HolderProof;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an authority is shown of the holder, for a capability that names one. */
final class HolderProofs {
    private final boolean wanted;
    private final @Nullable HolderKey key;

    HolderProofs(CapabilityToken token, @Nullable HolderKey key) {
        this.wanted = mayNameHolder(token);
        this.key = key;
    }

    /** A token that cannot be read here may still be one that the authority reads. */
    private static boolean mayNameHolder(CapabilityToken token) {
        try {
            return !CapabilityInspector.inspect(token).bounds().holders().isEmpty();
        } catch (CapabilityException e) {
            return true;
        }
    }

    /**
     * Makes a proof for each time that the authority is asked; null when there is nothing to show.
     *
     * @param brought the caller's own, which is shown each time instead
     */
    @Nullable Supplier<HolderProof> of(CapabilityRequest call, @Nullable HolderProof brought) {
        HolderKey signer = key;
        if (!wanted) {
            return null;
        }
        if (brought != null) {
            return () -> brought;
        }
        return signer == null ? null : () -> signer.sign(call);
    }

    /** Whether the authority cannot be asked about the call later on, when the caller is gone. */
    boolean isOnlyNow(@Nullable HolderProof brought) {
        return wanted && brought != null && key == null;
    }
}
