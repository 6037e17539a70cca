package ai.paybond.kit.nevermined.rail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.Grant;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantSealTest {
    private static final Grant GRANT = new Grant(
            "req-1",
            PaymentRequired.forPlan("1", new PaymentScheme("nvm:erc4337", "eip155:84532"))
                    .build(),
            X402AccessToken.of("a-secret-token"),
            BigInteger.TEN,
            null,
            "1",
            "0x1");

    private final GrantSeal seal = new GrantSeal(NeverminedApiKey.of("live:a.b.c"), new SecureRandom());

    @Test
    void opensWhatItSealed() {
        assertThat(seal.open(seal.seal(GRANT))).isEqualTo(GRANT);
    }

    @Test
    void sealsTheSameGrantDifferentlyEachTime() {
        assertThat(seal.seal(GRANT)).isNotEqualTo(seal.seal(GRANT)).doesNotContain("a-secret-token");
    }

    @Test
    void refusesWhatAnotherKeySealed() {
        GrantSeal other = new GrantSeal(NeverminedApiKey.of("live:a.b.d"), new SecureRandom());

        assertUnreadable(other.seal(GRANT));
    }

    @Test
    void refusesOneAlteredCharacter() {
        String sealed = seal.seal(GRANT);
        char other = sealed.charAt(40) == 'A' ? 'B' : 'A';

        assertUnreadable(sealed.substring(0, 40) + other + sealed.substring(41));
        assertUnreadable(sealed.substring(0, sealed.length() - 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nvm1.", "nvm1.AAAA", "nvm2.AAAAAAAAAAAAAAAAAAAAAAAA", "decision-1", "nvm1.***"})
    void refusesWhatIsNoGrant(String text) {
        assertUnreadable(text);
    }

    private void assertUnreadable(String sealed) {
        assertThatThrownBy(() -> seal.open(sealed))
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("grant.unreadable"));
    }
}
