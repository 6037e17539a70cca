package ai.paybond.kit.capability;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Clock;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Refuses everything. */
final class LocalCapabilityVerifier implements CapabilityVerifier {

    LocalCapabilityVerifier(
            Map<Integer, VerifyingKey> rootKeys, Clock clock, CapabilityLimits limits, Predicate<String> revoked) {}

    @Override
    public CapabilityVerdict verify(@Nullable CapabilityToken token, @Nullable CapabilityRequest request) {
        return new CapabilityVerdict.Refused(DenyReason.local(DenyCodes.CAPABILITY_UNSUPPORTED, "not yet verified"));
    }
}
