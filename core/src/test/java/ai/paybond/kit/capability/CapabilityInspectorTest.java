package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static ai.paybond.kit.capability.TestCapabilities.grantWithout;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.wire.ed25519.SigningKey;
import org.junit.jupiter.api.Test;

class CapabilityInspectorTest {

    @Test
    void showsTheGrantAndEveryCheck() {
        CapabilityInspection inspection = CapabilityInspector.inspect(Attenuation.builder()
                .argumentIn("city", "Paris")
                .maxSpendCents(500)
                .build()
                .attenuate(token()));

        assertThat(inspection.rootKeyId()).isEqualTo(1);
        assertThat(inspection.sealed()).isFalse();
        assertThat(inspection.claimed().tenantId()).isEqualTo(TENANT);
        assertThat(inspection.claimed().blocks()).isEqualTo(2);
        assertThat(inspection.checks()).hasSize(2);
        assertThat(inspection.checks().get(0)).hasSize(6).contains("check if request_spend_cents($s), $s >= 0");
        assertThat(inspection.checks().get(1))
                .containsExactly(
                        "check if arg(\"city\", $v), [\"Paris\"].contains($v)",
                        "check if request_spend_cents($v), $v <= 500");
    }

    @Test
    void showsWhatAnybodySigned() {
        SigningKey stranger = SigningKey.fromSeed(new byte[32]);
        TokenForge forged = TokenForge.signedBy(stranger).rootKeyId(null).block(GRANT.toArray(String[]::new));

        CapabilityInspection inspection = CapabilityInspector.inspect(TokenForge.token(forged.sealed()));

        assertThat(inspection.rootKeyId()).isNull();
        assertThat(inspection.sealed()).isTrue();
        assertThat(inspection.claimed().tenantId()).isEqualTo(TENANT);
    }

    @Test
    void printsNoControlCharacters() {
        CapabilityToken token = TokenForge.authority(GRANT)
                .block("check if arg(\"city\", \"\u001b[31mred\u202e\")")
                .token();

        assertThat(CapabilityInspector.inspect(token).checks().get(1))
                .containsExactly("check if arg(\"city\", \" [31mred \")");
    }

    @Test
    void refusesWhatIsNoCapability() {
        assertCode(null, DenyCodes.CAPABILITY_MISSING);
        assertCode(CapabilityToken.of("%"), DenyCodes.CAPABILITY_MALFORMED);
        assertCode(TokenForge.authority(grantWithout("tenant", "check")).token(), DenyCodes.CAPABILITY_MALFORMED);
        assertCode(TokenForge.authority(GRANT).block("f(1)").token(), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    private static void assertCode(CapabilityToken token, String code) {
        assertThatThrownBy(() -> CapabilityInspector.inspect(token))
                .isInstanceOfSatisfying(
                        CapabilityException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
