package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** What a contract would do with typed data: hash flat structs, and recover who signed. Addresses are lower-case text. */
final class Evm {
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");
    private static final BigInteger HALF = CURVE.getN().shiftRight(1);
    private static final int WORD = 32;

    private Evm() {}

    /** One member of a struct, with its value as text. */
    record Value(String type, String name, String text) {}

    /** The digest of a flat struct in a domain with name, version, chain and contract. */
    static byte[] digest(List<Value> domain, String struct, List<Value> members) {
        byte[] separator = structHash("EIP712Domain", domain);
        return keccak(new byte[] {0x19, 0x01}, separator, structHash(struct, members));
    }

    static List<Value> domain(String name, String version, long chainId, String contract) {
        return List.of(
                new Value("string", "name", name),
                new Value("string", "version", version),
                new Value("uint256", "chainId", Long.toString(chainId)),
                new Value("address", "verifyingContract", contract));
    }

    private static byte[] structHash(String struct, List<Value> members) {
        StringBuilder type = new StringBuilder(struct).append('(');
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        for (Value member : members) {
            type.append(type.charAt(type.length() - 1) == '(' ? "" : ",")
                    .append(member.type())
                    .append(' ')
                    .append(member.name());
            words.writeBytes(word(member));
        }
        return keccak(keccak(type.append(')').toString().getBytes(StandardCharsets.UTF_8)), words.toByteArray());
    }

    private static byte[] word(Value value) {
        if (value.type().equals("string")) {
            return keccak(value.text().getBytes(StandardCharsets.UTF_8));
        }
        if (value.type().equals("address")) {
            return padded(hex(value.text(), 20));
        }
        if (value.type().startsWith("bytes")) {
            return Arrays.copyOf(hex(value.text(), Integer.parseInt(value.type().substring(5))), WORD);
        }
        if (value.type().equals("bool")) {
            return padded(new byte[] {(byte) (value.text().equals("true") ? 1 : 0)});
        }
        BigInteger number = number(value.text());
        Refusal.unless(number.signum() >= 0 && number.bitLength() <= 256, 422, "validation_error", "not a uint256");
        return padded(unsigned(number));
    }

    static BigInteger number(String text) {
        Refusal.unless(text.matches("0|[1-9][0-9]{0,77}"), 422, "validation_error", "not a whole number");
        return new BigInteger(text);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] padded(byte[] bytes) {
        byte[] word = new byte[WORD];
        System.arraycopy(bytes, 0, word, WORD - bytes.length, bytes.length);
        return word;
    }

    /** Exactly so many bytes after {@code 0x}. */
    static byte[] hex(String text, int length) {
        try {
            byte[] bytes = Hex.decode(text.startsWith("0x") ? text.substring(2) : "");
            Refusal.unless(bytes.length == length, 422, "validation_error", "hexadecimal text of the wrong length");
            return bytes;
        } catch (WireException e) {
            throw Refusal.invalid("not hexadecimal text");
        }
    }

    static String address(String text) {
        return "0x" + Hex.encode(hex(text, 20)).toLowerCase(Locale.ROOT);
    }

    static byte[] keccak(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[WORD];
        digest.doFinal(hash, 0);
        return hash;
    }

    /** The signer of a digest; empty for a signature in no form that contracts accept. */
    static Optional<String> recover(byte[] digest, String signature) {
        byte[] bytes = hex(signature, 65);
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(bytes, 0, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
        int parity = bytes[64] - 27;
        boolean formed = inRange(r) && inRange(s) && s.compareTo(HALF) <= 0 && (parity == 0 || parity == 1);
        return formed ? recover(new BigInteger(1, digest), r, s, parity) : Optional.empty();
    }

    private static boolean inRange(BigInteger scalar) {
        return scalar.signum() > 0 && scalar.compareTo(CURVE.getN()) < 0;
    }

    private static Optional<String> recover(BigInteger digest, BigInteger r, BigInteger s, int parity) {
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (2 + parity);
        System.arraycopy(padded(unsigned(r)), 0, compressed, 1, WORD);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        BigInteger inverse = r.modInverse(CURVE.getN());
        BigInteger left = digest.negate().multiply(inverse).mod(CURVE.getN());
        BigInteger right = s.multiply(inverse).mod(CURVE.getN());
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), left, point, right)
                .normalize();
        if (key.isInfinity()) {
            return Optional.empty();
        }
        byte[] encoded = key.getEncoded(false);
        byte[] hash = keccak(Arrays.copyOfRange(encoded, 1, encoded.length));
        return Optional.of("0x" + Hex.encode(Arrays.copyOfRange(hash, 12, WORD)));
    }
}
