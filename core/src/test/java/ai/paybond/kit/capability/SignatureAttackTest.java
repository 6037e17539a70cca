package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.ed25519.SigningKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.token.Biscuit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureAttackTest {

    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final ByteString IDENTITY_POINT = hex("01" + "00".repeat(31));
    private static final SigningKey STRANGER = SigningKey.fromSeed(new byte[32]);

    @Test
    void verifiesOpenAndSealedTokens() {
        assertVerified(verify(narrowed().container()));
        assertVerified(verify(narrowed().sealed()));
    }

    @Test
    void refusesAFlippedBitAnywhere() {
        byte[] genuine = narrowed().container().toByteArray();
        for (int i = 0; i < genuine.length; i++) {
            for (int bit : new int[] {0, i % 8, 7}) {
                byte[] flipped = genuine.clone();
                flipped[i] ^= (byte) (1 << bit);
                assertThat(verify(flipped))
                        .as("bit %d of byte %d", bit, i)
                        .isInstanceOf(CapabilityVerdict.Refused.class);
            }
        }
    }

    @Test
    void refusesEveryTruncation() {
        byte[] genuine = narrowed().container().toByteArray();
        for (int length = 1; length < genuine.length; length++) {
            assertThat(verify(Arrays.copyOf(genuine, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(CapabilityVerdict.Refused.class);
        }
    }

    @Test
    void refusesTokensOfAnotherRootKeyUnderTheSameIdentifier() {
        TokenForge forged = TokenForge.signedBy(STRANGER).block(GRANT.toArray(String[]::new));

        assertRefused(verify(forged.container()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, -1, Integer.MAX_VALUE})
    void refusesTokensOfAnUnknownRootKey(int id) {
        assertRefused(
                verify(TokenForge.authority(GRANT).rootKeyId(id).container()), DenyCodes.CAPABILITY_UNKNOWN_ROOT_KEY);
    }

    @Test
    void refusesTokensThatNameNoRootKey() {
        assertRefused(
                verify(TokenForge.authority(GRANT).rootKeyId(null).container()), DenyCodes.CAPABILITY_UNKNOWN_ROOT_KEY);
    }

    @Test
    void refusesAMalleableAuthoritySignature() {
        Schema.Biscuit.Builder token = narrowed().container().toBuilder();
        token.getAuthorityBuilder().setSignature(plusOrder(token.getAuthority().getSignature()));

        assertRefused(verify(token.build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void refusesAMalleableBlockSignature() {
        Schema.Biscuit.Builder token = narrowed().container().toBuilder();
        token.getBlocksBuilder(0).setSignature(plusOrder(token.getBlocks(0).getSignature()));

        assertRefused(verify(token.build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void refusesAMalleableFinalSignature() {
        Schema.Biscuit.Builder token = narrowed().sealed().toBuilder();
        token.getProofBuilder().setFinalSignature(plusOrder(token.getProof().getFinalSignature()));

        assertRefused(verify(token.build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    /** Without this the three tests above could pass for a reason of their own making. */
    @Test
    void theLibraryAloneAcceptsTheMalleableSignature() throws Exception {
        Schema.Biscuit.Builder token = narrowed().container().toBuilder();
        token.getAuthorityBuilder().setSignature(plusOrder(token.getAuthority().getSignature()));
        PublicKey root = new PublicKey(
                Schema.PublicKey.Algorithm.Ed25519, ROOT.publicKey().bytes());

        assertThat(Biscuit.from_bytes(token.build().toByteArray(), root)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 63, 65, 128})
    void refusesSignaturesOfAnotherLength(int length) {
        Schema.Biscuit.Builder token = narrowed().container().toBuilder();
        byte[] signature = Arrays.copyOf(token.getAuthority().getSignature().toByteArray(), length);
        token.getAuthorityBuilder().setSignature(ByteString.copyFrom(signature));
        Schema.Biscuit.Builder sealed = narrowed().sealed().toBuilder();
        sealed.getProofBuilder().setFinalSignature(ByteString.copyFrom(signature));

        assertRefused(verify(token.build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
        assertRefused(verify(sealed.build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000", // small order
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // not canonical
                "0200000000000000000000000000000000000000000000000000000000000000", // no point
                "00",
                ""
            })
    void refusesUnsafeKeysInTheChain(String key) {
        Schema.Biscuit.Builder token = narrowed().container().toBuilder();
        token.getBlocksBuilder(0).setNextKey(TokenForge.publicKey(hex(key)));

        assertRefused(verify(token.build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void refusesASmallOrderKeyThatTheHolderSigned() {
        // the holder signs a block for the identity point, under which signatures can be made without a secret
        TokenForge holder = TokenForge.authority(GRANT);
        ByteString block =
                ByteString.EMPTY.concat(holder.compile("check if true").toByteString());
        ByteString signature =
                holder.sign(block.concat(ByteString.copyFrom(new byte[4])).concat(IDENTITY_POINT));
        Schema.Biscuit token = holder.container().toBuilder()
                .addBlocks(Schema.SignedBlock.newBuilder()
                        .setBlock(block)
                        .setNextKey(TokenForge.publicKey(IDENTITY_POINT))
                        .setSignature(signature))
                .setProof(Schema.Proof.newBuilder().setFinalSignature(IDENTITY_POINT.concat(hex("00".repeat(32)))))
                .build();

        assertRefused(verify(token), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void refusesTokensWithABlockTakenOut() {
        Schema.Biscuit token = narrowed().block("check if true").container();

        assertRefused(verify(token.toBuilder().removeBlocks(0).build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
        assertRefused(verify(token.toBuilder().removeBlocks(1).build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
        assertRefused(verify(token.toBuilder().clearBlocks().build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void refusesReorderedAndRepeatedBlocks() {
        Schema.Biscuit token = TokenForge.authority(GRANT)
                .block("check if true")
                .block("check if 1 < 2")
                .container();
        Schema.Biscuit reordered = token.toBuilder()
                .setBlocks(0, token.getBlocks(1))
                .setBlocks(1, token.getBlocks(0))
                .build();
        Schema.Biscuit repeated =
                token.toBuilder().addBlocks(token.getBlocks(1)).build();

        assertRefused(verify(reordered), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
        assertRefused(verify(repeated), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void refusesBlocksOfAnotherToken() {
        Schema.Biscuit other = TokenForge.signedBy(STRANGER)
                .block("tenant(\"x\")")
                .block("check if true")
                .container();
        Schema.Biscuit spliced = TokenForge.authority(GRANT).container().toBuilder()
                .addBlocks(other.getBlocks(0))
                .setProof(other.getProof())
                .build();

        assertRefused(verify(spliced), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void refusesTheKeyOfAnotherHolder() {
        Schema.Biscuit.Builder token = narrowed().container().toBuilder();
        token.getProofBuilder().setNextSecret(ByteString.copyFrom(STRANGER.exposeSeed()));

        assertRefused(verify(token.build()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void refusesTokensWithoutAUsableProof() {
        Schema.Biscuit.Builder token = narrowed().container().toBuilder();

        assertRefused(
                verify(token.setProof(Schema.Proof.getDefaultInstance()).build()), DenyCodes.CAPABILITY_MALFORMED);
        token.getProofBuilder().setNextSecret(ByteString.copyFrom(new byte[31]));
        assertRefused(verify(token.build()), DenyCodes.CAPABILITY_MALFORMED);
    }

    private static TokenForge narrowed() {
        return TokenForge.authority(GRANT).block("check if request_spend_cents($s), $s <= 19000");
    }

    private static CapabilityVerdict verify(Schema.Biscuit token) {
        return verify(token.toByteArray());
    }

    private static CapabilityVerdict verify(byte[] token) {
        return verifier().verify(TokenForge.token(token), request());
    }

    /** The same signature with S replaced by S plus the group order. */
    private static ByteString plusOrder(ByteString signature) {
        byte[] bytes = signature.toByteArray();
        byte[] s = reversed(Arrays.copyOfRange(bytes, 32, 64));
        byte[] sum = new BigInteger(1, s).add(ORDER).toByteArray();
        byte[] padded = new byte[32];
        System.arraycopy(sum, 0, padded, 32 - sum.length, sum.length);
        System.arraycopy(reversed(padded), 0, bytes, 32, 32);
        return ByteString.copyFrom(bytes);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static ByteString hex(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
