package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.capability.TestCapabilities;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an authority is shown of the holder. */
class HolderProofsTest {
    private static final SigningKey HOLDER = SigningKey.fromSeedHex("51".repeat(32));

    private final RecordingAuthority authority = new RecordingAuthority();
    private final CapabilityToken held =
            Attenuation.builder().holder(HOLDER.publicKey()).build().attenuate(TestCapabilities.token());

    @Test
    void isShownAnotherProofEachTimeThatItLooks() {
        call(guard(held, HOLDER), "c1");

        HolderProof first = shown();
        assertThat(first.holder()).isEqualTo(HOLDER.publicKey());
        assertThat(shown().text()).isNotEqualTo(first.text());
    }

    @Test
    void isShownNothingForACapabilityThatNamesNobody() {
        call(guard(TestCapabilities.token(), HOLDER), "c1");

        assertThat(authority.asked.get(0).holderProof()).isNull();
    }

    @Test
    void isShownAProofForACapabilityThatCannotBeReadHere() {
        call(guard(CapabilityToken.of("c2VjcmV0LXRva2Vu"), HOLDER), "c1");

        assertThat(shown().holder()).isEqualTo(HOLDER.publicKey());
    }

    @Test
    void aKeyThatIsOutOfReachWhenTheAuthorityIsAskedDeniesTheCall() {
        authority.answer = request -> {
            Objects.requireNonNull(request.holderProof()).get();
            return RecordingAuthority.allowed(request);
        };

        ToolOutcome<String> outcome = call(guard(held, new FailingSigner(1)), "c1");

        assertThat(outcome).isInstanceOfSatisfying(ToolOutcome.Refused.class, refused -> assertThat(
                        refused.decision().reason().code())
                .isEqualTo("holder.signer_failed"));
    }

    private HolderProof shown() {
        return Objects.requireNonNull(authority.asked.get(0).holderProof()).get();
    }

    private ToolGuard guard(CapabilityToken token, Signer key) {
        ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                .operation("travel.book_hotel")
                .spend(SpendRule.fixed(100))
                .withoutEvidence()
                .build());
        CapabilityBinding binding = new CapabilityBinding(TestCapabilities.INTENT, token, "usd");
        return ToolGuard.builder(binding, tools, authority, CapabilityVerifier.remoteOnly(), TestCapabilities.TENANT)
                .holder(key)
                .build();
    }

    private static ToolOutcome<String> call(ToolGuard guard, String callId) {
        return guard.call(ToolCall.of("bookHotel", callId, JsonObject.parse("{}")), permitted -> "done");
    }

    /** Signs for the checks here, and not when the authority asks. */
    private static final class FailingSigner implements Signer {
        private int left;

        FailingSigner(int signatures) {
            this.left = signatures;
        }

        @Override
        public VerifyingKey publicKey() {
            return HOLDER.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            if (left-- <= 0) {
                throw new IllegalStateException("the token is not plugged in");
            }
            return HOLDER.sign(message);
        }
    }
}
