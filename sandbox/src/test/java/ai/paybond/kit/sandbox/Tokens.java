package ai.paybond.kit.sandbox;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import io.vavr.control.Option;
import java.math.BigInteger;
import java.util.Base64;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.token.Biscuit;
import org.biscuitsec.biscuit.token.builder.Block;

/** What a holder, or a forger, can do to a capability. */
final class Tokens {
    private static final BigInteger GROUP_ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private Tokens() {}

    /** The token narrowed by one further block with this check. */
    static String attenuate(String token, VerifyingKey root, String check) throws Exception {
        return attenuate(token, root, new Block().add_check(check));
    }

    static String attenuate(String token, VerifyingKey root, Block block) throws Exception {
        return encode(verified(token, root).attenuate(block));
    }

    static Biscuit verified(String token, VerifyingKey root) throws Exception {
        return Biscuit.from_bytes(
                Base64.getDecoder().decode(token),
                id -> Option.some(new PublicKey(Schema.PublicKey.Algorithm.Ed25519, root.bytes())));
    }

    static String encode(Biscuit biscuit) throws Exception {
        return Base64.getEncoder().encodeToString(biscuit.serialize());
    }

    /** The same token with S replaced by S + L in its first signature, which i2p's verification accepts. */
    static String malleate(String token) throws Exception {
        Schema.Biscuit biscuit = Schema.Biscuit.parseFrom(Base64.getDecoder().decode(token));
        byte[] signature = biscuit.getAuthority().getSignature().toByteArray();
        byte[] bigEndian = new byte[33];
        for (int i = 0; i < 32; i++) {
            bigEndian[32 - i] = signature[32 + i];
        }
        byte[] shifted = new BigInteger(bigEndian).add(GROUP_ORDER).toByteArray();
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = shifted[shifted.length - 1 - i];
        }
        return encode(biscuit.toBuilder()
                .setAuthority(biscuit.getAuthority().toBuilder().setSignature(ByteString.copyFrom(signature)))
                .build());
    }

    static String withRootKeyId(String token, int id) throws Exception {
        return encode(Schema.Biscuit.parseFrom(Base64.getDecoder().decode(token)).toBuilder()
                .setRootKeyId(id)
                .build());
    }

    private static String encode(Schema.Biscuit biscuit) {
        return Base64.getEncoder().encodeToString(biscuit.toByteArray());
    }
}
