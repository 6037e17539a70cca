package ai.paybond.kit.wire.ed25519;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Hex;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.Stream;
import net.i2p.crypto.eddsa.math.GroupElement;
import net.i2p.crypto.eddsa.spec.EdDSANamedCurveTable;
import net.i2p.crypto.eddsa.spec.EdDSAParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signatures under keys that nobody checked before: a stranger may have added a point of small order to the key and to R.
 * Every engine gives the same verdict, that of the equation without the cofactor.
 */
class ChainSignatureTest {

    private static final EdDSAParameterSpec CURVE = EdDSANamedCurveTable.ED_25519_CURVE_SPEC;
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final GroupElement OF_ORDER_8 = new GroupElement(
            CURVE.getCurve(), Hex.decode("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
    private static final BigInteger SECRET = new BigInteger("123456789").pow(8).mod(ORDER);
    private static final BigInteger NONCE = new BigInteger("987654321").pow(8).mod(ORDER);

    static Stream<Ed25519> engines() {
        return Ed25519.available().stream().map(Ed25519::using);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void acceptsWhatSignersMake(Ed25519 engine) {
        SigningKey key = SigningKey.fromSeedHex("42".repeat(32));
        byte[] message = {1, 2, 3};
        byte[] signature = key.sign(message);

        assertThat(engine.verifies(key.publicKey().bytes(), message, signature)).isTrue();
        for (int i = 0; i < signature.length; i++) {
            byte[] altered = signature.clone();
            altered[i] ^= 1;
            assertThat(engine.verifies(key.publicKey().bytes(), message, altered))
                    .isFalse();
        }
    }

    /** Such a key's own author can make signatures that hold with the cofactor and without it, or only with it. */
    @ParameterizedTest
    @MethodSource("engines")
    void goesByTheEquationWithoutTheCofactorWhateverSmallPartsTheKeyHas(Ed25519 engine) {
        int held = 0;
        int heldWithTheCofactorOnly = 0;
        for (int keyPart = 1; keyPart < 8; keyPart++) {
            for (int messageNumber = 0; messageNumber < 4; messageNumber++) {
                for (int part = 0; part < 8; part++) {
                    Attempt attempt = attempt(keyPart, part, new byte[] {(byte) messageNumber});
                    assertThat(engine.verifies(attempt.key, attempt.message, attempt.signature))
                            .as("key part %s, part of R %s", keyPart, part)
                            .isEqualTo(attempt.holds);
                    held += attempt.holds ? 1 : 0;
                    heldWithTheCofactorOnly += attempt.holds ? 0 : 1;
                }
            }
        }
        assertThat(held).isPositive();
        assertThat(heldWithTheCofactorOnly).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000",
            })
    void refusesWhatIsNoKey(String hex) {
        byte[] signature = SigningKey.fromSeed(new byte[32]).sign(new byte[1]);

        engines().forEach(engine -> assertThat(engine.verifies(Hex.decode(hex), new byte[1], signature))
                .isFalse());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 65})
    void refusesSignaturesOfAnotherLength(int length) {
        SigningKey key = SigningKey.fromSeed(new byte[32]);
        byte[] signature = Arrays.copyOf(key.sign(new byte[1]), length);

        engines().forEach(engine -> assertThat(engine.verifies(key.publicKey().bytes(), new byte[1], signature))
                .isFalse());
    }

    @Test
    void knowsTheKeyOfASeed() {
        byte[] seed = new byte[32];
        byte[] key = SigningKey.fromSeed(seed).publicKey().bytes();

        assertThat(Ed25519.isKeyOf(seed, key)).isTrue();
        assertThat(Ed25519.isKeyOf(new byte[31], key)).isFalse();
        assertThat(Ed25519.isKeyOf(seed, new byte[32])).isFalse();
        assertThat(Ed25519.isKeyOf(seed, new byte[0])).isFalse();
    }

    /** Derived here, and so not checked again; that nothing is missed is shown here. */
    @ParameterizedTest
    @MethodSource("engines")
    void derivesOnlyKeysThatWouldPassTheCheck(Ed25519 engine) {
        for (int i = 0; i < 50; i++) {
            byte[] seed = new byte[32];
            seed[i % 32] = (byte) (i + 1);
            VerifyingKey derived = SigningKey.fromSeed(seed, engine).publicKey();

            assertThat(VerifyingKey.of(derived.bytes())).isEqualTo(derived);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a test's own
    private record Attempt(byte[] key, byte[] message, byte[] signature, boolean holds) {}

    /** The key is aB + T, R is rB + U, and S = r + ha; so it holds without the cofactor if, and only if, U = -hT. */
    private static Attempt attempt(int keyPart, int part, byte[] message) {
        byte[] key = plus(multiple(SECRET), keyPart);
        byte[] r = plus(multiple(NONCE), part);
        BigInteger h = hash(r, key, message);
        BigInteger s = NONCE.add(h.multiply(SECRET)).mod(ORDER);
        byte[] signature = Arrays.copyOf(r, 64);
        System.arraycopy(littleEndian(s), 0, signature, 32, 32);
        boolean holds = h.multiply(BigInteger.valueOf(keyPart))
                        .add(BigInteger.valueOf(part))
                        .mod(BigInteger.valueOf(8))
                        .signum()
                == 0;
        return new Attempt(key, message, signature, holds);
    }

    private static GroupElement multiple(BigInteger scalar) {
        return CURVE.getB().scalarMultiply(littleEndian(scalar));
    }

    private static byte[] plus(GroupElement point, int times) {
        GroupElement sum = point;
        for (int i = 0; i < times; i++) {
            sum = sum.toP3().add(OF_ORDER_8.toP3().toCached()).toP3();
        }
        return sum.toByteArray();
    }

    private static BigInteger hash(byte[] r, byte[] key, byte[] message) {
        try {
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            sha512.update(r);
            sha512.update(key);
            byte[] digest = sha512.digest(message);
            return new BigInteger(1, reversed(digest)).mod(ORDER);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] little = new byte[32];
        for (int i = 0; i < Math.min(32, big.length); i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
