package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static ai.paybond.kit.capability.TestCapabilities.verifier;

import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One token has one spelling: whatever else decodes to the same content is refused, before it costs anything. */
class TokenEncodingTest {

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "====", "A", "AAA=A", "AAAA", "AA==", " ", "\u0000", "é", "CgA\n"})
    void refusesWhatIsNoToken(String text) {
        assertRefused(verifier().verify(CapabilityToken.of(text), request()), DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesOtherSpellingsOfBase64() {
        byte[] bytes = TokenForge.bytes(paddedToken());
        String text = paddedToken().expose();
        String unpadded = text.replace("=", "");
        char last = unpadded.charAt(unpadded.length() - 1);
        String strayBits =
                unpadded.substring(0, unpadded.length() - 1) + (char) (last + 1) + text.substring(unpadded.length());

        assertVerified(verifier().verify(paddedToken(), request()));
        assertMalformed(unpadded);
        assertMalformed(strayBits);
        assertMalformed(text + "\n");
        assertMalformed(java.util.Base64.getMimeEncoder().encodeToString(bytes));
    }

    @Test
    void refusesLongTextWithoutDecodingIt() {
        assertRefused(
                verifier().verify(CapabilityToken.of("!".repeat(4097)), request()), DenyCodes.CAPABILITY_TOO_LARGE);
        assertRefused(
                verifier().verify(CapabilityToken.of("A".repeat(50_000_000)), request()),
                DenyCodes.CAPABILITY_TOO_LARGE);
    }

    @Test
    void countsTheConfiguredLengthExactly() {
        int length = token().expose().length();

        assertVerified(verifierWithin(length).verify(token(), request()));
        assertRefused(verifierWithin(length - 1).verify(token(), request()), DenyCodes.CAPABILITY_TOO_LARGE);
    }

    @Test
    void refusesASecondSpellingOfTheSameToken() {
        ByteString genuine = TokenForge.authority(GRANT).container().toByteString();
        Schema.Biscuit parsed = TokenForge.authority(GRANT).container();
        ByteString proofFirst = Schema.Biscuit.newBuilder()
                .setProof(parsed.getProof())
                .buildPartial()
                .toByteString()
                .concat(parsed.toBuilder().clearProof().buildPartial().toByteString());

        assertMalformed(genuine.concat(genuine));
        assertMalformed(proofFirst);
        assertMalformed(genuine.concat(ByteString.copyFrom(new byte[] {0x08, (byte) 0x81, 0x00})));
    }

    @Test
    void refusesASecondSpellingOfABlock() {
        ByteString block = narrowing().build().toByteString();

        assertRefused(
                verifier()
                        .verify(
                                TokenForge.authority(GRANT)
                                        .rawBlock(block.concat(ByteString.copyFrom(new byte[] {0x18, 0x03})))
                                        .token(),
                                request()),
                DenyCodes.CAPABILITY_MALFORMED);
    }

    /** A token whose base64 needs padding, so that there is padding to leave out. */
    private static CapabilityToken paddedToken() {
        for (int i = 1; i < 4; i++) {
            CapabilityToken token = TokenForge.authority(GRANT)
                    .block(narrowing().setContext("x".repeat(i)))
                    .token();
            if (token.expose().endsWith("=")) {
                return token;
            }
        }
        throw new IllegalStateException("three lengths in a row without padding");
    }

    private static CapabilityVerifier verifierWithin(int maxEncodedLength) {
        return CapabilityVerifier.builder()
                .rootKey(1, ROOT.publicKey())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .limits(new CapabilityLimits(maxEncodedLength, 9, 64, 256, 64, Duration.ofSeconds(1)))
                .build();
    }

    private static void assertMalformed(String token) {
        assertRefused(verifier().verify(CapabilityToken.of(token), request()), DenyCodes.CAPABILITY_MALFORMED);
    }

    private static void assertMalformed(ByteString token) {
        assertRefused(
                verifier().verify(TokenForge.token(token.toByteArray()), request()), DenyCodes.CAPABILITY_MALFORMED);
    }

    private static Schema.Block.Builder narrowing() {
        return TokenForge.authority(GRANT).compile("check if true").toBuilder();
    }
}
