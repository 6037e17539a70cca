package ai.paybond.kit.wire.ed25519;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.Ed25519.EngineName;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
    private static final byte[] MESSAGE = "pay the hotel".getBytes(StandardCharsets.UTF_8);
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    static Stream<Ed25519> engines() {
        return Ed25519.available().stream().map(Ed25519::using);
    }

    private static SigningKey key(Ed25519 engine) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 9);
        return SigningKey.fromSeed(seed, engine);
    }

    @Test
    void offersEveryEngineThatNeedsNoNativeLibrary() {
        assertThat(Ed25519.available()).contains(EngineName.EDDSA, EngineName.BOUNCY_CASTLE, EngineName.JDK);
        assertThat(Ed25519.standard().name()).isEqualTo(EngineName.EDDSA);
        assertThat(Ed25519.auto().name()).isIn(EngineName.CORRETTO, EngineName.BOUNCY_CASTLE);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void signsTheSameBytesOnEveryEngine(Ed25519 engine) {
        SigningKey reference = key(Ed25519.using(EngineName.EDDSA));

        assertThat(key(engine).sign(MESSAGE)).isEqualTo(reference.sign(MESSAGE));
        assertThat(key(engine).publicKey()).isEqualTo(reference.publicKey());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesEverySingleBitChangeOfASignature(Ed25519 engine) {
        SigningKey key = key(engine);
        byte[] signature = key.sign(MESSAGE);
        assertThat(key.publicKey().verify(MESSAGE, signature)).isTrue();

        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key.publicKey().verify(MESSAGE, changed)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesASignatureWithTheGroupOrderAdded(Ed25519 engine) {
        SigningKey key = key(engine);
        byte[] signature = key.sign(MESSAGE);
        BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64));

        for (BigInteger other = s.add(ORDER); other.bitLength() <= 256; other = other.add(ORDER)) {
            assertThat(key.publicKey().verify(MESSAGE, withS(signature, other))).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesASignatureOfAnyOtherLength(Ed25519 engine) {
        SigningKey key = key(engine);
        byte[] signature = key.sign(MESSAGE);

        for (int length : new int[] {0, 1, 32, 63, 65, 128}) {
            assertThat(key.publicKey().verify(MESSAGE, Arrays.copyOf(signature, length)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesAnotherMessageAndAnotherKey(Ed25519 engine) {
        SigningKey key = key(engine);
        VerifyingKey other = SigningKey.fromSeed(new byte[32], engine).publicKey();

        assertThat(key.publicKey().verify(new byte[0], key.sign(MESSAGE))).isFalse();
        assertThat(other.verify(MESSAGE, key.sign(MESSAGE))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void refusesKeysAndSeedsOfAnyOtherLength(int length) {
        assertRefused("key.length", () -> VerifyingKey.of(new byte[length]));
        assertRefused("seed.length", () -> SigningKey.fromSeed(new byte[length]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            })
    void refusesKeysOfSmallOrder(String hex) {
        assertRefused("key.small_order", () -> VerifyingKey.ofHex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            })
    void refusesKeysThatAreNotCanonicallyEncoded(String hex) {
        assertRefused("key.noncanonical", () -> VerifyingKey.ofHex(hex));
    }

    @Test
    void refusesKeysThatAreNoPointOrHaveASmallOrderPart() {
        assertRefused("key.invalid", () -> VerifyingKey.ofHex("02" + "00".repeat(31)));
        // a mixed-order key of the speccheck set
        assertRefused(
                "key.invalid",
                () -> VerifyingKey.ofHex("cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d"));
    }

    @Test
    void readsKeysInHexAndBase64AndNothingElse() {
        VerifyingKey key = key(Ed25519.standard()).publicKey();

        assertThat(VerifyingKey.ofHex(key.hex())).isEqualTo(key);
        assertThat(VerifyingKey.ofBase64(key.base64())).isEqualTo(key);
        assertRefused("key.base64", () -> VerifyingKey.ofBase64(key.base64().replace("=", "")));
        assertRefused("hex.invalid", () -> VerifyingKey.ofHex("0x" + key.hex()));
    }

    @Test
    void neverPrintsTheSeed() {
        SigningKey key = SigningKey.fromSeedHex("4242424242424242424242424242424242424242424242424242424242424242");

        assertThat(key.toString()).doesNotContain("4242").contains("redacted");
        assertThat(Hex.encode(key.exposeSeed())).startsWith("4242");
    }

    @Test
    void keepsItsOwnCopyOfSeedAndKey() {
        byte[] seed = new byte[32];
        SigningKey key = SigningKey.fromSeed(seed);
        seed[0] = 1;
        key.exposeSeed()[0] = 1;
        key.publicKey().bytes()[0] ^= 1;

        assertThat(key).isEqualTo(SigningKey.fromSeed(new byte[32]));
        assertThat(key.publicKey()).isEqualTo(SigningKey.fromSeed(new byte[32]).publicKey());
    }

    private static byte[] withS(byte[] signature, BigInteger s) {
        byte[] changed = signature.clone();
        byte[] bigEndian = s.toByteArray();
        for (int i = 0; i < 32; i++) {
            int at = bigEndian.length - 1 - i;
            changed[32 + i] = at >= 0 ? bigEndian[at] : 0;
        }
        return changed;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    @Test
    void takesNoEngineForANameItDoesNotKnow() {
        assertThat(Ed25519.named("eddsa")).get().extracting(Ed25519::name).isEqualTo(EngineName.EDDSA);
        assertThat(Ed25519.named("auto")).isPresent();
        assertThat(Ed25519.named("EDDSA")).isEmpty();
        assertThat(Ed25519.named("")).isEmpty();
    }

    @Test
    void verifiesWithTheFastestEngineUnlessOneIsNamed() {
        assertThat(System.getProperty(Ed25519.ENGINE_PROPERTY)).isNull();
        assertThat(Ed25519.forVerifying().name()).isEqualTo(Ed25519.auto().name());
        assertThat(Ed25519.standard().name()).isEqualTo(Ed25519.EngineName.EDDSA);
    }
}
