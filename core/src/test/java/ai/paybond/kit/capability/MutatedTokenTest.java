package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.internal.biscuit.AmbientFacts;
import ai.paybond.kit.internal.biscuit.BiscuitTokens;
import ai.paybond.kit.internal.biscuit.Grant;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.Scalar;
import ai.paybond.kit.internal.biscuit.ThirdParties;
import ai.paybond.kit.internal.biscuit.VerifiedToken;
import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random damage to blocks, signed properly afterwards, so that it gets past the signatures and reaches the Datalog. Only
 * the declared exception may come out, and what the issuer granted stays what it was.
 */
class MutatedTokenTest {

    private static final String[] CHECKS = {
        "check if request_operation($o), [\"" + OPERATION + "\", \"b\"].contains($o)",
        "check if request_spend_cents($s), $s <= 5000 or arg(\"city\", $c), $c.starts_with(\"P\"), $c.length() < 9",
        "check all arg($p, $v), $p == \"x\" || true",
        "check if time($t), $t < 2026-11-21T12:30:00Z"
    };
    private static final AmbientFacts CALL = new AmbientFacts(
            NOW.getEpochSecond(),
            TENANT,
            INTENT,
            OPERATION,
            1_000,
            "usd",
            Map.of("city", new Scalar.Text("Paris"), "nights", new Scalar.Whole(3), "dry", new Scalar.Flag(true)),
            Set.of());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damageToALaterBlockGivesOnlyTheDeclaredException(long seed) {
        Random random = new Random(seed);
        ByteString genuine =
                TokenForge.authority(GRANT).compile(CHECKS[(int) (seed % 4)]).toByteString();
        for (int i = 0; i < 60; i++) {
            TokenForge forged = TokenForge.authority(GRANT).rawBlock(damaged(genuine, random));
            Grant grant = grantIfAccepted(forged);
            if (grant != null) {
                assertThat(grant.tenantId()).isEqualTo(TENANT);
                assertThat(grant.maxSpendCents()).isEqualTo(TestCapabilities.MAX_SPEND_CENTS);
                assertThat(grant.operations()).containsExactly(OPERATION, "travel.cancel");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void damageToTheAuthorityBlockGivesOnlyTheDeclaredException(long seed) {
        Random random = new Random(seed);
        TokenForge genuine = TokenForge.authority(GRANT);
        ByteString block = genuine.container().getAuthority().getBlock();
        for (int i = 0; i < 60; i++) {
            Grant grant = grantIfAccepted(TokenForge.signedBy(ROOT).rawBlock(damaged(block, random)));
            assertThat(grant == null || grant.expiresAt() >= 0).isTrue();
        }
    }

    private static Grant grantIfAccepted(TokenForge forged) {
        try {
            VerifiedToken token = BiscuitTokens.verify(
                    forged.container().toByteArray(),
                    Map.of(1, ROOT.publicKey()),
                    ThirdParties.of(Set.of()),
                    CapabilityLimits.DEFAULT.forToken());
            token.authorize(CALL);
            return token.grant();
        } catch (RejectedTokenException e) {
            return null;
        }
    }

    private static ByteString damaged(ByteString genuine, Random random) {
        byte[] bytes = genuine.toByteArray();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 32);
        }
        return ByteString.copyFrom(bytes);
    }
}
