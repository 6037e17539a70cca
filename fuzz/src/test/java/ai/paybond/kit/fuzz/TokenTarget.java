package ai.paybond.kit.fuzz;

import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityException;
import ai.paybond.kit.capability.CapabilityInspector;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.capability.SignedApproval;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Tokens, verified and authorized. Besides the text and the bytes of a token, whole blocks are made up and then properly
 * signed, because hardly any mutation survives the signatures: without that nothing behind them would be reached.
 */
final class TokenTarget implements FuzzTarget {
    private static final SigningKey APPROVER = SigningKey.fromSeedHex("22".repeat(32));
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final CapabilityVerifier verifier = CapabilityVerifier.builder()
            .rootKey(TokenMint.ROOT_KEY_ID, TokenMint.ROOT.publicKey())
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    private final CapabilityRequest fine = request(18_700, "{\"city\":\"Paris\",\"nights\":2}");
    private final CapabilityRequest tooMuch = request(20_001, "{\"city\":\"Paris\",\"nights\":2}");

    private static CapabilityRequest request(long cents, String arguments) {
        return new CapabilityRequest(
                TokenMint.TENANT, TokenMint.INTENT, TokenMint.OPERATION, cents, "usd", JsonObject.parse(arguments));
    }

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        switch (input.choice(7)) {
            case 0 -> check(CapabilityToken.of(input.text()), true);
            case 1 -> check(token(input.rest()), true);
            case 2 -> check(token(TokenMint.authority(input.rest())), false);
            case 3 -> check(token(TokenMint.appended(input.rest())), true);
            case 4 -> check(token(TokenMint.appendedBy(APPROVER, input.rest())), true);
            case 5 -> refusing(() -> HolderProof.parse(input.text()).text());
            default -> refusing(() -> SignedApproval.parse(input.text()).appendTo(token(TokenMint.plain())));
        }
    }

    /** @param granted whether the authority block is one that grants 20000 cents and no more */
    private void check(CapabilityToken token, boolean granted) {
        verifier.verify(token, fine);
        verifier.preview(token, fine);
        if (granted && verifier.verify(token, tooMuch) instanceof CapabilityVerdict.Verified) {
            throw new AssertionError("a block widened a grant");
        }
        refusing(() -> CapabilityInspector.inspect(token));
        refusing(() -> Attenuation.builder().maxSpendCents(5_000).build().attenuate(token));
        refusing(() ->
                Attenuation.builder().operations(TokenMint.OPERATION).build().delegate(token));
    }

    private static void refusing(Runnable deed) {
        try {
            deed.run();
        } catch (CapabilityException declared) {
            // what these methods say they throw
        }
    }

    private static CapabilityToken token(byte[] bytes) {
        return CapabilityToken.of(Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(Input.of('a', Base64.getEncoder().encodeToString(TokenMint.plain())));
        seeds.add(Input.of('b', TokenMint.plain()));
        seeds.add(Input.of('c', TokenMint.grant().toByteArray()));
        for (String line : TokenMint.CHECKS) {
            byte[] block = TokenMint.compile(List.of(line)).toByteArray();
            seeds.add(Input.of('d', block));
            seeds.add(Input.of('e', block));
            seeds.add(Input.of('b', TokenMint.appended(block)));
        }
        seeds.add(Input.of('d', TokenMint.compile(TokenMint.CHECKS).toByteArray()));
        seeds.add(Input.of('f', Base64.getEncoder().encodeToString(new byte[120])));
        seeds.add(Input.of('g', Base64.getEncoder().encodeToString(TokenMint.plain())));
        return seeds;
    }
}
