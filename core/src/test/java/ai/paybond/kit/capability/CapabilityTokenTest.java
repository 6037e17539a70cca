package ai.paybond.kit.capability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapabilityTokenTest {

    @Test
    void showsNothingOfTheSecret() {
        CapabilityToken token = CapabilityToken.of("c2VjcmV0");

        assertThat(token.toString()).isEqualTo("CapabilityToken[8 characters, redacted]");
        assertThat(token.expose()).isEqualTo("c2VjcmV0");
    }

    @Test
    void holdsAnyText() {
        assertThat(CapabilityToken.of(null).isEmpty()).isTrue();
        assertThat(CapabilityToken.of("").isEmpty()).isTrue();
        assertThat(CapabilityToken.of("not a token").isEmpty()).isFalse();
    }

    @Test
    void isEqualToTheSameText() {
        assertThat(CapabilityToken.of("abc"))
                .isEqualTo(CapabilityToken.of("abc"))
                .hasSameHashCodeAs(CapabilityToken.of("abc"))
                .isNotEqualTo(CapabilityToken.of("abd"))
                .isNotEqualTo(CapabilityToken.of("abcd"))
                .isNotEqualTo("abc");
    }
}
