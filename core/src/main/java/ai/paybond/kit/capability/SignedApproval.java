package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.ForeignBlock;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.TokenNarrower;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** An approver's answer, to be added to the capability that it was signed for. No secret. Immutable. */
public final class SignedApproval {

    private static final int KEY = 32;
    private static final int SIGNATURE = 64;
    private static final int MAX_CONTENT = 2_048;

    private final ForeignBlock block;

    SignedApproval(ForeignBlock block) {
        this.block = block;
    }

    /**
     * Reads an approval as {@link #text()} writes it; whether it holds is for the verifier to say.
     *
     * @throws CapabilityException {@value DenyCodes#CAPABILITY_MALFORMED} when it is none
     */
    public static SignedApproval parse(@Nullable String text) {
        byte[] bytes = ApprovalText.decode(text, KEY + SIGNATURE + 1, KEY + SIGNATURE + MAX_CONTENT);
        try {
            return new SignedApproval(new ForeignBlock(
                    VerifyingKey.of(Arrays.copyOf(bytes, KEY)),
                    Arrays.copyOfRange(bytes, KEY + SIGNATURE, bytes.length),
                    Arrays.copyOfRange(bytes, KEY, KEY + SIGNATURE)));
        } catch (WireException e) {
            throw ApprovalText.unreadable();
        }
    }

    /** The approval as it travels: Base64 for URLs. */
    public String text() {
        byte[] bytes = ByteBuffer.allocate(KEY + SIGNATURE + block.content().length)
                .put(block.signer().bytes())
                .put(block.signature())
                .put(block.content())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The capability with the approval in it. It grants no more than before; a guard that asks for an approval finds it.
     *
     * @throws CapabilityException {@value DenyCodes#CAPABILITY_BLOCK_MISPLACED} when the approval was signed for another
     *     capability or for an earlier state of this one, {@value DenyCodes#CAPABILITY_SIGNATURE_INVALID} when its signature
     *     does not hold, and otherwise as {@link Attenuation#attenuate}
     */
    public CapabilityToken appendTo(@Nullable CapabilityToken token) {
        return appendTo(token, new SecureRandom());
    }

    /** As {@link #appendTo(CapabilityToken)}, with the source of the new block's key. */
    public CapabilityToken appendTo(@Nullable CapabilityToken token, SecureRandom random) {
        try {
            byte[] bytes = TokenText.decode(token, CapabilityLimits.DEFAULT);
            byte[] approved = TokenNarrower.append(bytes, block, random, CapabilityLimits.DEFAULT.forToken());
            CapabilityToken result = CapabilityToken.of(TokenText.encode(approved));
            TokenText.requireLength(result, CapabilityLimits.DEFAULT);
            return result;
        } catch (Refusal refusal) {
            throw refusal.asException();
        } catch (RejectedTokenException rejected) {
            throw Refusal.of(rejected).asException();
        }
    }
}
