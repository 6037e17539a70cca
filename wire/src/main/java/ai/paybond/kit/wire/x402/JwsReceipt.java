package ai.paybond.kit.wire.x402;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Base64Text;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** A receipt in JWS compact form, with the key in its header. */
final class JwsReceipt {
    private final JsonObject header;
    private final JsonObject jwk;
    private final JsonObject payload;
    private final byte[] signedText;
    private final byte[] signature;
    private final Strictness strictness;

    private JwsReceipt(
            JsonObject header, JsonObject payload, byte[] signedText, byte[] signature, Strictness strictness) {
        this.header = header;
        this.jwk = header.object("jwk").orElseThrow(() -> new WireException("x402.jwk", "no key in the header"));
        this.payload = payload;
        this.signedText = signedText;
        this.signature = signature;
        this.strictness = strictness;
    }

    static JwsReceipt parse(String compact, Strictness strictness) {
        String[] parts = compact.split("\\.", -1);
        Rules.require(parts.length == 3, "x402.jws", "not a compact JWS");
        JsonObject header = JsonObject.parse(Base64Text.decodeUrl(parts[0], "x402.jws"));
        JsonObject payload = JsonObject.parse(Base64Text.decodeUrl(parts[1], "x402.jws"));
        byte[] signature = Base64Text.decodeUrl(parts[2], "x402.jws");
        return new JwsReceipt(header, payload, Text.utf8(parts[0] + "." + parts[1]), signature, strictness);
    }

    JsonObject payload() {
        return payload;
    }

    boolean verify() {
        Rules.require(!header.has("crit"), "x402.jws_critical", "an extension that is not understood");
        return switch (header.string("alg").orElse("")) {
            case "EdDSA", "Ed25519" -> verifyEd25519();
            case "ES256" -> verifyEs256();
            default -> throw new WireException("x402.jws_algorithm", "an unsupported algorithm");
        };
    }

    private boolean verifyEd25519() {
        requireKind("OKP", "Ed25519");
        return VerifyingKey.of(coordinate("x")).verify(signedText, signature);
    }

    private boolean verifyEs256() {
        requireKind("EC", "P-256");
        BigInteger[] numbers = strictness == Strictness.STRICT ? plainNumbers() : derNumbers();
        return Curves.verifyP256(coordinate("x"), coordinate("y"), Digest32.sha256(signedText), numbers[0], numbers[1]);
    }

    /** RFC 7518: r and s, 32 bytes each. */
    private BigInteger[] plainNumbers() {
        Rules.require(signature.length == 64, "x402.signature", "an ES256 signature is 64 bytes");
        return new BigInteger[] {
            new BigInteger(1, Arrays.copyOfRange(signature, 0, 32)),
            new BigInteger(1, Arrays.copyOfRange(signature, 32, 64))
        };
    }

    /** The peer expects ASN.1 here, against RFC 7518. */
    private BigInteger[] derNumbers() {
        try {
            return StandardDSAEncoding.INSTANCE.decode(Curves.orderOfP256(), signature);
        } catch (IOException | IllegalArgumentException e) {
            throw new WireException("x402.signature", "not an ASN.1 signature");
        }
    }

    private void requireKind(String type, String curve) {
        boolean same = member("kty").equals(type) && member("crv").equals(curve);
        boolean publicOnly = strictness == Strictness.PEER || !jwk.has("d");
        Rules.require(same && publicOnly, "x402.jwk", "not a public key of this algorithm");
    }

    private byte[] coordinate(String name) {
        byte[] bytes = Base64Text.decodeUrl(member(name), "x402.jwk");
        Rules.require(bytes.length == 32, "x402.jwk", "a coordinate is 32 bytes");
        return bytes;
    }

    private String member(String name) {
        return jwk.string(name).orElse("");
    }

    String thumbprint() {
        return thumbprint(jwk);
    }

    /** RFC 7638: the members a key needs, sorted, SHA-256, URL Base64. */
    static String thumbprint(JsonObject jwk) {
        JsonObject.Builder needed = JsonObject.builder()
                .put("crv", jwk.string("crv").orElse(""))
                .put("kty", jwk.string("kty").orElse(""))
                .put("x", jwk.string("x").orElse(""));
        if (jwk.string("kty").orElse("").equals("EC")) {
            needed.put("y", jwk.string("y").orElse(""));
        }
        byte[] text = Text.utf8(needed.build().toJson());
        return Base64Text.encodeUrl(Digest32.sha256(text).bytes());
    }

    /** Strictly, an elliptic-curve key is pinned by its thumbprint: two keys share one x. */
    boolean isSignedBy(String expectedSigner) {
        boolean byX = strictness == Strictness.PEER || member("kty").equals("OKP");
        return expectedSigner.equals(thumbprint()) || (byX && expectedSigner.equals(member("x")));
    }
}
