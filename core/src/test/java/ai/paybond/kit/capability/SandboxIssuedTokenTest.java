package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.EXPIRY;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.ROOT_KEY_ID;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.verifier;
import static ai.paybond.kit.capability.TestCapabilities.verifierAt;

import ai.paybond.kit.sandbox.internal.capability.CapabilityIssuer;
import ai.paybond.kit.sandbox.internal.capability.Grant;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sandbox writes the capability profile down a second time, without this module; both must mean the same. */
class SandboxIssuedTokenTest {

    private static final Grant GRANT = new Grant(
            TENANT,
            INTENT,
            "did:web:example.com#booker",
            Set.of(OPERATION, "travel.cancel"),
            20_000,
            "usd",
            EXPIRY,
            "jti-1");

    @Test
    void verifiesWhatTheSandboxIssues() {
        assertVerified(verifier().verify(issued(), request()));
        assertRefused(verifierAt(EXPIRY).verify(issued(), request()), DenyCodes.CAPABILITY_EXPIRED);
    }

    @Test
    void narrowsWhatTheSandboxIssues() {
        CapabilityToken narrowed =
                Attenuation.builder().argumentIn("city", "Lyon").build().attenuate(issued());

        assertRefused(verifier().verify(narrowed, request()), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    private static CapabilityToken issued() {
        return CapabilityToken.of(new CapabilityIssuer(ROOT, ROOT_KEY_ID, new SecureRandom()).mint(GRANT));
    }
}
