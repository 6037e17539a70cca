package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.BiscuitTokens;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.TokenContent;
import ai.paybond.kit.internal.biscuit.TokenLineage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows people what a token says of itself. Nothing that it returns was verified; never decide anything by it. */
public final class CapabilityInspector {

    private CapabilityInspector() {}

    /**
     * Reads a token within the default limits and without any key.
     *
     * @throws CapabilityException with a code of {@link DenyCodes} when it cannot be read as a capability
     */
    public static CapabilityInspection inspect(@Nullable CapabilityToken token) {
        try {
            return inspection(BiscuitTokens.inspect(
                    TokenText.decode(token, CapabilityLimits.DEFAULT), CapabilityLimits.DEFAULT.forToken()));
        } catch (Refusal refusal) {
            throw refusal.asException();
        } catch (RejectedTokenException rejected) {
            throw Refusal.of(rejected).asException();
        }
    }

    /**
     * Proves that one capability came from another by narrowing alone: it has every block of the other, and after them
     * nothing but checks of its holders.
     *
     * @throws CapabilityException {@value DenyCodes#CAPABILITY_NOT_NARROWED} when it did not, and with another code of
     *     {@link DenyCodes} when one of them cannot be read
     */
    public static void requireNarrowed(@Nullable CapabilityToken from, @Nullable CapabilityToken narrowed) {
        try {
            TokenLineage.requireNarrowed(
                    TokenText.decode(from, CapabilityLimits.DEFAULT),
                    TokenText.decode(narrowed, CapabilityLimits.DEFAULT),
                    CapabilityLimits.DEFAULT.forToken());
        } catch (Refusal refusal) {
            throw refusal.asException();
        } catch (RejectedTokenException rejected) {
            throw Refusal.of(rejected).asException();
        }
    }

    private static CapabilityInspection inspection(TokenContent content) {
        return new CapabilityInspection(
                content.rootKeyId(),
                Claims.of(content.grant(), content.revocationIds()),
                new CapabilityBounds(
                        content.bounds().operations(),
                        content.bounds().maxSpendCents(),
                        Instant.ofEpochSecond(content.bounds().expiresAt()),
                        content.mustSign()),
                content.sealed(),
                content.checks().stream().map(CapabilityInspector::printable).toList());
    }

    private static List<String> printable(List<String> checks) {
        return checks.stream().map(SafeText::oneLine).toList();
    }
}
