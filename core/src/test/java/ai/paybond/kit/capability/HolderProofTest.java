package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.ROOT_KEY_ID;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.grantWith;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that names its holder is worth nothing to anybody else. */
class HolderProofTest {

    private static final SigningKey HOLDER = SigningKey.fromSeedHex("21".repeat(32));
    private static final SigningKey SUCCESSOR = SigningKey.fromSeedHex("22".repeat(32));
    private static final SigningKey THIEF = SigningKey.fromSeedHex("23".repeat(32));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CapabilityVerifier verifier = verifierAt(NOW, HolderProofLimits.DEFAULT);

    @Test
    void verifiesACallThatTheHolderSigned() {
        assertVerified(verifier.verify(held(), signed(HOLDER)));
        assertVerified(verifier.verify(issuedToHolder(), signed(HOLDER)));
    }

    @ParameterizedTest
    @MethodSource("heldTokens")
    void refusesAStolenTokenWithoutTheKey(CapabilityToken stolen) {
        assertRefused(verifier.verify(stolen, request()), DenyCodes.HOLDER_PROOF_MISSING);
        assertRefused(verifier.verify(stolen, signed(THIEF)), DenyCodes.HOLDER_KEY_MISMATCH);
    }

    @Test
    void refusesAThiefWhoNamesHimselfTheHolder() {
        assertThatThrownBy(() ->
                        Attenuation.builder().holder(THIEF.publicKey()).build().attenuate(held()))
                .isInstanceOfSatisfying(CapabilityException.class, e -> assertThat(e.code())
                        .isEqualTo(DenyCodes.CAPABILITY_UNSUPPORTED));

        CapabilityToken forged = TokenForge.authority(GRANT)
                .block(holderCheck(HOLDER))
                .block(holderCheck(THIEF))
                .token();
        assertRefused(verifier.verify(forged, signed(THIEF)), DenyCodes.HOLDER_KEY_MISMATCH);
        assertRefused(verifier.verify(forged, signed(HOLDER)), DenyCodes.HOLDER_KEY_MISMATCH);
    }

    @Test
    void refusesAThiefWhoHandsTheTokenToHimself() {
        assertThatThrownBy(() -> Attenuation.builder()
                        .handOver(THIEF, THIEF.publicKey())
                        .build()
                        .attenuate(held()))
                .isInstanceOfSatisfying(CapabilityException.class, e -> assertThat(e.code())
                        .isEqualTo(DenyCodes.CAPABILITY_UNSUPPORTED));
    }

    @Test
    void theHolderHandsTheTokenOnAndCanNoLongerUseThatOne() {
        CapabilityToken handed = handedOver(held());

        assertVerified(verifier.verify(handed, signed(SUCCESSOR)));
        assertRefused(verifier.verify(handed, signed(HOLDER)), DenyCodes.HOLDER_KEY_MISMATCH);
        assertRefused(verifier.verify(handed, request()), DenyCodes.HOLDER_PROOF_MISSING);
        assertVerified(verifier.verify(held(), signed(HOLDER)));
    }

    @Test
    void aTokenIsHandedOnTwiceAndStillNarrowed() {
        CapabilityToken last = Attenuation.builder()
                .handOver(SUCCESSOR, THIEF.publicKey())
                .maxSpendCents(18_700)
                .build()
                .attenuate(handedOver(issuedToHolder()));
        CapabilityToken narrowed =
                Attenuation.builder().argumentIn("city", "Lyon").build().attenuate(last);

        assertVerified(verifier.verify(last, signed(THIEF)));
        assertRefused(verifier.verify(narrowed, signed(THIEF)), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void aHandOverIsGoodForOneTokenOnly() {
        // the thief has another token of the same holder, and copies the block in which the holder let go of the first
        TokenForge.Foreign copied = TokenForge.foreignOf(TokenForge.bytes(handedOver(issuedToHolder())));
        CapabilityToken transplanted = TokenForge.authority(grantWith(holderFact(HOLDER), "extra(1)"))
                .foreign(copied)
                .token();

        assertRefused(verifier.verify(transplanted, signed(SUCCESSOR)), DenyCodes.CAPABILITY_BLOCK_MISPLACED);
    }

    @Test
    void aHandOverNeedsTheHoldersSignature() {
        byte[] handed = TokenForge.bytes(handedOver(issuedToHolder()));
        CapabilityToken forged = TokenForge.authority(
                        grantWith(holderFact(HOLDER), "check if request_holder($h), holder($h)"))
                .foreign(TokenForge.foreignOf(handed).withSignature(new byte[64]))
                .token();

        assertRefused(verifier.verify(forged, signed(SUCCESSOR)), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @MethodSource("otherCalls")
    void refusesAProofOfAnotherCall(CapabilityRequest signed) {
        HolderProof proof = HolderProof.sign(HOLDER, signed, clock(NOW), RANDOM);

        assertRefused(verifier.verify(held(), request().provedBy(proof)), DenyCodes.HOLDER_PROOF_INVALID);
    }

    static Stream<CapabilityRequest> otherCalls() {
        CapabilityRequest call = request();
        JsonObject arguments = call.arguments();
        return Stream.of(
                new CapabilityRequest("tenant-b", call.intentId(), OPERATION, 18_700, "usd", arguments),
                new CapabilityRequest(
                        TENANT, "0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a70", OPERATION, 18_700, "usd", arguments),
                new CapabilityRequest(TENANT, call.intentId(), "travel.cancel", 18_700, "usd", arguments),
                new CapabilityRequest(TENANT, call.intentId(), OPERATION, 18_699, "usd", arguments),
                new CapabilityRequest(TENANT, call.intentId(), OPERATION, 18_700, "eur", arguments),
                new CapabilityRequest(
                        TENANT, call.intentId(), OPERATION, 18_700, "usd", JsonObject.parse("{\"city\":\"Lyon\"}")));
    }

    @Test
    void acceptsAProofOnce() {
        CapabilityRequest signed = signed(HOLDER);

        assertVerified(verifier.verify(held(), signed));
        assertRefused(verifier.verify(held(), signed), DenyCodes.HOLDER_PROOF_REPLAYED);
        assertRefused(verifier.preview(held(), signed), DenyCodes.HOLDER_PROOF_REPLAYED);
    }

    @Test
    void aPreviewAndARefusalUseNoProofUp() {
        CapabilityRequest signed = signed(HOLDER);
        CapabilityToken elsewhere =
                Attenuation.builder().argumentIn("city", "Lyon").build().attenuate(held());

        assertVerified(verifier.preview(held(), signed));
        assertRefused(verifier.verify(elsewhere, signed), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertVerified(verifier.verify(held(), signed));
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 0, 1, 64})
    void acceptsAProofWithinTheWindow(long age) {
        CapabilityRequest signed = signedAt(NOW.minusSeconds(age));

        assertVerified(verifier.verify(held(), signed));
    }

    @ParameterizedTest
    @ValueSource(longs = {-6, 65, 86_400, -86_400})
    void refusesAProofOutsideTheWindow(long age) {
        assertRefused(verifier.verify(held(), signedAt(NOW.minusSeconds(age))), DenyCodes.HOLDER_PROOF_EXPIRED);
    }

    @Test
    void refusesWhatItCouldNotRememberAndForgetsNothingEarly() {
        MovableClock clock = new MovableClock();
        CapabilityVerifier small = verifier(clock, new HolderProofLimits(Duration.ofSeconds(60), Duration.ZERO, 2, 1));
        CapabilityRequest first = signed(HOLDER);

        assertVerified(small.verify(held(), first));
        assertVerified(small.verify(held(), signed(HOLDER)));
        assertRefused(small.verify(held(), signed(HOLDER)), DenyCodes.HOLDER_PROOFS_EXHAUSTED);
        assertRefused(small.verify(held(), first), DenyCodes.HOLDER_PROOF_REPLAYED);
        assertRefused(small.verify(handedOver(held()), signed(SUCCESSOR)), DenyCodes.HOLDER_PROOFS_EXHAUSTED);

        clock.now = NOW.plusSeconds(60);
        assertRefused(small.verify(held(), first), DenyCodes.HOLDER_PROOF_EXPIRED);
        assertVerified(small.verify(handedOver(held()), signedAt(SUCCESSOR, clock.now)));
    }

    @Test
    void acceptsAProofOnceHoweverManyThreadsBringIt() throws Exception {
        CapabilityRequest signed = signed(HOLDER);
        CapabilityToken token = held();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = IntStream.range(0, 64)
                    .<Callable<Boolean>>mapToObj(
                            i -> () -> verifier.verify(token, signed) instanceof CapabilityVerdict.Verified)
                    .toList();
            int verified = 0;
            for (var call : threads.invokeAll(calls)) {
                verified += call.get() ? 1 : 0;
            }
            assertThat(verified).isOne();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aProofChangesNothingForATokenWithoutAHolder() {
        CapabilityRequest signed = signed(THIEF);

        assertVerified(verifier.verify(token(), signed));
        assertVerified(verifier.verify(token(), signed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check if request_holder($h)",
                "check if request_holder($h), $h == \"ed25519/x\"",
                "check if request_holder(1)",
                "check if request_holder(\"ed25519/x\", 1)",
                "check if request_holder(\"a\") or true",
                "check if true or request_holder(\"a\")",
                "check all request_holder(\"a\")",
                "check if request_tenant($t), request_holder(\"a\")"
            })
    void refusesChecksAboutTheHolderThatDoMoreThanNameAKey(String check) {
        assertRefused(
                verifier.verify(TokenForge.authority(GRANT).block(check).token(), signed(HOLDER)),
                DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ed25519/",
                "ed25519/00",
                "secp256r1/0000000000000000000000000000000000000000000000000000000000000000",
                "ed25519/0100000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesHoldersThatAreNoKey(String name) {
        assertRefused(
                verifier.verify(
                        TokenForge.authority(GRANT)
                                .block("check if request_holder(\"" + name + "\")")
                                .token(),
                        signed(HOLDER)),
                DenyCodes.CAPABILITY_MALFORMED);
        assertRefused(
                verifier.verify(
                        TokenForge.authority(grantWith("holder(\"" + name + "\")"))
                                .token(),
                        signed(HOLDER)),
                DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesTwoHoldersOfTheIssuerAndAFactThatOnlyAVerifierStates() {
        assertRefused(
                verifier.verify(
                        TokenForge.authority(grantWith(holderFact(HOLDER), holderFact(THIEF)))
                                .token(),
                        signed(THIEF)),
                DenyCodes.CAPABILITY_MALFORMED);
        assertRefused(
                verifier.verify(
                        TokenForge.authority(grantWith("request_holder(\"x\")")).token(), signed(HOLDER)),
                DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void aProofTravelsAsText() {
        HolderProof proof = HolderProof.sign(HOLDER, request(), clock(NOW), RANDOM);
        HolderProof read = HolderProof.parse(proof.text());

        assertThat(read).isEqualTo(proof).hasSameHashCodeAs(proof);
        assertThat(proof.text()).hasSize(160);
        assertThat(read.holder()).isEqualTo(HOLDER.publicKey());
        assertThat(read.toString()).doesNotContain(proof.text());
        assertVerified(verifier.verify(held(), request().provedBy(read)));
    }

    @Test
    void aProofThatIsNoneIsRefusedWithACode() {
        String text = HolderProof.sign(HOLDER, request(), clock(NOW), RANDOM).text();
        for (String bad : new String[] {
            null,
            "",
            "x",
            text.substring(1),
            text + "A",
            text.replace(text.charAt(9), '!'),
            "A".repeat(160),
            "é".repeat(160)
        }) {
            assertThatThrownBy(() -> HolderProof.parse(bad))
                    .isInstanceOfSatisfying(CapabilityException.class, e -> assertThat(e.code())
                            .isEqualTo(DenyCodes.HOLDER_PROOF_INVALID));
        }
    }

    @Test
    void anAlteredProofIsRefused() {
        byte[] text = HolderProof.sign(HOLDER, request(), clock(NOW), RANDOM)
                .text()
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length; i++) {
            byte[] altered = text.clone();
            altered[i] = (byte) (altered[i] == 'A' ? 'B' : 'A');
            assertThat(verdictOf(new String(altered, java.nio.charset.StandardCharsets.US_ASCII)))
                    .as("character %d", i)
                    .isInstanceOf(CapabilityVerdict.Refused.class);
        }
    }

    @Test
    void anAttenuationNamesOneHolder() {
        assertThatThrownBy(
                        () -> Attenuation.builder().holder(HOLDER.publicKey()).handOver(HOLDER, THIEF.publicKey()))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void limitsThatLimitNothingAreRefused() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new HolderProofLimits(Duration.ZERO, second, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HolderProofLimits(Duration.ofHours(2), second, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HolderProofLimits(second, second.negated(), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HolderProofLimits(second, second, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private CapabilityVerdict verdictOf(String text) {
        try {
            return verifier.verify(held(), request().provedBy(HolderProof.parse(text)));
        } catch (CapabilityException e) {
            return new CapabilityVerdict.Refused(DenyReason.local(e.code(), "no proof"));
        }
    }

    static Stream<CapabilityToken> heldTokens() {
        return Stream.of(held(), issuedToHolder());
    }

    private static CapabilityToken held() {
        return Attenuation.builder().holder(HOLDER.publicKey()).build().attenuate(token());
    }

    private static CapabilityToken issuedToHolder() {
        return TokenForge.authority(grantWith(holderFact(HOLDER), "check if request_holder($h), holder($h)"))
                .token();
    }

    private static CapabilityToken handedOver(CapabilityToken held) {
        return Attenuation.builder()
                .handOver(HOLDER, SUCCESSOR.publicKey())
                .build()
                .attenuate(held);
    }

    private static String holderFact(SigningKey key) {
        return "holder(\"ed25519/" + key.publicKey().hex() + "\")";
    }

    private static String holderCheck(SigningKey key) {
        return "check if request_holder(\"ed25519/" + key.publicKey().hex() + "\")";
    }

    private static CapabilityRequest signed(SigningKey key) {
        return signedAt(key, NOW);
    }

    private static CapabilityRequest signedAt(Instant time) {
        return signedAt(HOLDER, time);
    }

    private static CapabilityRequest signedAt(SigningKey key, Instant time) {
        return request().provedBy(HolderProof.sign(key, request(), clock(time), RANDOM));
    }

    private static Clock clock(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private static CapabilityVerifier verifierAt(Instant now, HolderProofLimits limits) {
        return verifier(clock(now), limits);
    }

    private static CapabilityVerifier verifier(Clock clock, HolderProofLimits limits) {
        return CapabilityVerifier.builder()
                .rootKey(ROOT_KEY_ID, ROOT.publicKey())
                .clock(clock)
                .holderProofs(limits)
                .build();
    }

    private static final class MovableClock extends Clock {

        private Instant now = NOW;

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
