package ai.paybond.kit.sandbox.internal.capability;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import io.vavr.control.Option;
import java.security.GeneralSecurityException;
import java.time.Clock;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Biscuit;

/** Opens capabilities: preflight, then the root signature, then what the issuer granted. Thread-safe. */
public final class CapabilityVerifier {
    private final PublicKey root;
    private final int rootKeyId;
    private final Clock clock;

    public CapabilityVerifier(VerifyingKey root, int rootKeyId, Clock clock) {
        this.root = new PublicKey(Schema.PublicKey.Algorithm.Ed25519, root.bytes());
        this.rootKeyId = rootKeyId;
        this.clock = clock;
    }

    /** @throws CapabilityRefusedException when the token is not a capability that this sandbox's root key signed */
    public OpenCapability open(String token) throws CapabilityRefusedException {
        if (token.isBlank()) {
            throw new CapabilityRefusedException("capability.missing", "A capability is required.");
        }
        byte[] bytes = TokenPreflight.check(token, rootKeyId);
        return OpenCapability.of(verify(bytes), bytes, clock);
    }

    private Biscuit verify(byte[] bytes) throws CapabilityRefusedException {
        try {
            return Biscuit.from_bytes(bytes, id -> Option.some(root));
        } catch (GeneralSecurityException | Error.FormatError.Signature e) {
            throw new CapabilityRefusedException(
                    "capability.signature_invalid", "The capability was not signed by this issuer.");
        } catch (Error.FormatError.Version e) {
            throw new CapabilityRefusedException("capability.unsupported", "The capability's format is too new.");
        } catch (Error | RuntimeException | StackOverflowError e) {
            throw TokenPreflight.malformed();
        }
    }
}
