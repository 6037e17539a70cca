package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.EXPIRY;
import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.requestWith;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static ai.paybond.kit.capability.TestCapabilities.verifier;
import static ai.paybond.kit.capability.TestCapabilities.verifierAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.json.JsonObject;
import biscuit.format.schema.Schema;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttenuationTest {

    @Test
    void leavesOnlyTheNamedOperations() {
        CapabilityToken narrowed =
                Attenuation.builder().operations("travel.cancel").build().attenuate(token());

        assertVerified(verifyOperation(narrowed, "travel.cancel"));
        assertRefused(verifyOperation(narrowed, OPERATION), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void cannotAddOperations() {
        CapabilityToken narrowed = Attenuation.builder()
                .operations("travel.book_flight", OPERATION)
                .build()
                .attenuate(token());

        assertRefused(verifyOperation(narrowed, "travel.book_flight"), DenyCodes.OPERATION_NOT_ALLOWED);
    }

    @Test
    void lowersTheSpend() {
        CapabilityToken narrowed =
                Attenuation.builder().maxSpendCents(5_000).build().attenuate(token());

        assertVerified(verifySpend(narrowed, 5_000));
        assertRefused(verifySpend(narrowed, 5_001), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void cannotRaiseTheSpend() {
        CapabilityToken narrowed =
                Attenuation.builder().maxSpendCents(Long.MAX_VALUE).build().attenuate(token());

        assertRefused(verifySpend(narrowed, 20_001), DenyCodes.BUDGET_EXCEEDED);
    }

    @Test
    void endsEarlier() {
        CapabilityToken narrowed = Attenuation.builder()
                .expiresAt(NOW.plusSeconds(60).plusMillis(999))
                .build()
                .attenuate(token());

        assertVerified(verifierAt(NOW.plusSeconds(59).plusMillis(999)).verify(narrowed, request()));
        assertRefused(verifierAt(NOW.plusSeconds(60)).verify(narrowed, request()), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void cannotEndLater() {
        CapabilityToken narrowed = Attenuation.builder()
                .expiresAt(Instant.parse("2099-01-01T00:00:00Z"))
                .build()
                .attenuate(token());

        assertRefused(verifierAt(EXPIRY).verify(narrowed, request()), DenyCodes.CAPABILITY_EXPIRED);
    }

    @Test
    void bindsTextArguments() {
        CapabilityToken narrowed = Attenuation.builder()
                .argumentIn("city", "Paris", "Lyon")
                .build()
                .attenuate(token());

        assertVerified(verifyArguments(narrowed, "{\"city\":\"Lyon\"}"));
        assertRefused(verifyArguments(narrowed, "{\"city\":\"Moscow\"}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(narrowed, "{}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(narrowed, "{\"city\":1}"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void bindsIntegerArguments() {
        CapabilityToken narrowed =
                Attenuation.builder().argumentIn("rooms[0].beds", 1, 2).build().attenuate(token());

        assertVerified(verifyArguments(narrowed, "{\"rooms\":[{\"beds\":2}]}"));
        assertRefused(verifyArguments(narrowed, "{\"rooms\":[{\"beds\":3}]}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(narrowed, "{\"rooms\":[{\"beds\":\"2\"}]}"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void bindsArgumentsWhoseNamesLookLikeStructure() {
        CapabilityToken narrowed = Attenuation.builder()
                .argumentIn("[\"a.b\"]", 1)
                .argumentIn("x[\"\"]", 2)
                .argumentIn("[\"\\\"\"].y", 3)
                .build()
                .attenuate(token());

        assertVerified(verifyArguments(narrowed, "{\"a.b\":1,\"x\":{\"\":2},\"\\\"\":{\"y\":3}}"));
        assertRefused(
                verifyArguments(narrowed, "{\"a\":{\"b\":1},\"x\":{\"\":2},\"\\\"\":{\"y\":3}}"),
                DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void capsIntegerArguments() {
        CapabilityToken narrowed =
                Attenuation.builder().argumentAtMost("nights", 3).build().attenuate(token());

        assertVerified(verifyArguments(narrowed, "{\"nights\":3}"));
        assertRefused(verifyArguments(narrowed, "{\"nights\":4}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(narrowed, "{\"nights\":2.5}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(narrowed, "{\"nights\":\"3\"}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(narrowed, "{\"nights\":null}"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void restrictionsAddUp() {
        CapabilityToken once = Attenuation.builder()
                .operations(OPERATION)
                .argumentIn("city", "Paris", "Lyon")
                .build()
                .attenuate(token());
        CapabilityToken twice =
                Attenuation.builder().argumentIn("city", "Lyon", "Nice").build().attenuate(once);

        assertVerified(verifyArguments(once, "{\"city\":\"Paris\"}"));
        assertVerified(verifyArguments(twice, "{\"city\":\"Lyon\"}"));
        assertRefused(verifyArguments(twice, "{\"city\":\"Paris\"}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(twice, "{\"city\":\"Nice\"}"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Paris\"]",
                "Paris\"].contains($v) or true",
                "\"); check if true; //",
                "\\\"",
                "$v",
                "{v}",
                "Paris\n, \"Moscow",
                "\u0000",
                "パリ"
            })
    void valuesAreNeverReadAsDatalog(String value) {
        CapabilityToken narrowed = Attenuation.builder()
                .argumentIn("city", value)
                .operations(OPERATION, value)
                .build()
                .attenuate(token());
        String sameValue = JsonObject.builder().put("city", value).build().toJson();

        assertVerified(verifyArguments(narrowed, sameValue));
        assertRefused(verifyArguments(narrowed, "{\"city\":\"Paris\"}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(narrowed, "{\"city\":\"Moscow\"}"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"city\", $x) or true", "city\", \"Moscow", "$p"})
    void pathsAreNeverReadAsDatalog(String path) {
        CapabilityToken narrowed =
                Attenuation.builder().argumentIn(path, "Paris").build().attenuate(token());

        assertRefused(verifyArguments(narrowed, "{\"city\":\"Paris\"}"), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(verifyArguments(narrowed, "{\"city\":\"Moscow\"}"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void keepsTheGrantTheKeyAndTheEarlierBlocks() {
        CapabilityToken narrowed =
                Attenuation.builder().maxSpendCents(1).build().attenuate(token());
        CapabilityInspection before = CapabilityInspector.inspect(token());
        CapabilityInspection after = CapabilityInspector.inspect(narrowed);

        assertThat(after.rootKeyId()).isEqualTo(before.rootKeyId());
        assertThat(after.claimed().operations()).isEqualTo(before.claimed().operations());
        assertThat(after.claimed().revocationIds())
                .hasSize(2)
                .startsWith(before.claimed().revocationIds().get(0));
    }

    @Test
    void givesEveryHolderAnotherToken() {
        Attenuation attenuation = Attenuation.builder().maxSpendCents(1).build();
        CapabilityToken token = token();

        assertThat(attenuation.attenuate(token)).isNotEqualTo(attenuation.attenuate(token));
    }

    @Test
    void refusesTokensThatCannotBeRead() {
        assertCode(() -> narrowing().attenuate(null), DenyCodes.CAPABILITY_MISSING);
        assertCode(() -> narrowing().attenuate(CapabilityToken.of("")), DenyCodes.CAPABILITY_MISSING);
        assertCode(() -> narrowing().attenuate(CapabilityToken.of("***")), DenyCodes.CAPABILITY_MALFORMED);
        assertCode(() -> narrowing().attenuate(TokenForge.token(new byte[40])), DenyCodes.CAPABILITY_MALFORMED);
        assertCode(() -> narrowing().attenuate(CapabilityToken.of("A".repeat(5000))), DenyCodes.CAPABILITY_TOO_LARGE);
        assertCode(
                () -> narrowing()
                        .attenuate(TokenForge.authority(GRANT)
                                .block("tenant(\"b\")")
                                .token()),
                DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void refusesSealedTokens() {
        CapabilityToken sealed = TokenForge.token(TokenForge.authority(GRANT).sealed());

        assertCode(() -> narrowing().attenuate(sealed), DenyCodes.CAPABILITY_SEALED);
    }

    @Test
    void refusesTokensWhoseHolderKeyIsNotTheirs() {
        Schema.Biscuit.Builder stolen = TokenForge.authority(GRANT).container().toBuilder();
        stolen.setProof(
                TokenForge.authority(GRANT).block("check if true").container().getProof());

        assertCode(
                () -> narrowing().attenuate(TokenForge.token(stolen.build())), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void staysWithinTheLimitsOfAVerifier() {
        CapabilityToken token = token();
        for (int i = 0; i < 8; i++) {
            token = narrowing().attenuate(token);
            assertVerified(verifySpend(token, 1));
        }
        CapabilityToken full = token;

        assertCode(() -> narrowing().attenuate(full), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesToMakeATokenTooLongToVerify() {
        String[] cities =
                IntStream.range(0, 60).mapToObj(i -> "c".repeat(60) + i).toArray(String[]::new);
        String[] tooMany = IntStream.range(0, 65).mapToObj(i -> "c" + i).toArray(String[]::new);

        assertCode(
                () -> Attenuation.builder().argumentIn("city", cities).build().attenuate(token()),
                DenyCodes.CAPABILITY_TOO_LARGE);
        assertCode(
                () -> Attenuation.builder().argumentIn("city", tooMany).build().attenuate(token()),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    @SuppressWarnings("NullAway")
    void refusesRestrictionsThatMakeNoSense() {
        assertMisuse(() -> Attenuation.builder().build());
        assertMisuse(() -> Attenuation.builder().operations());
        assertMisuse(() -> Attenuation.builder().operations(" "));
        assertMisuse(() -> Attenuation.builder().operations(List.of()));
        assertMisuse(() -> Attenuation.builder().operations((String) null));
        assertMisuse(() -> Attenuation.builder().maxSpendCents(-1));
        assertMisuse(() -> Attenuation.builder().expiresAt(Instant.EPOCH.minusSeconds(1)));
        assertMisuse(() -> Attenuation.builder().argumentIn("", "Paris"));
        assertMisuse(() -> Attenuation.builder().argumentIn("city", new String[0]));
        assertMisuse(() -> Attenuation.builder().argumentIn("city", new long[0]));
        assertMisuse(() -> Attenuation.builder().argumentAtMost("x".repeat(257), 1));
    }

    @Test
    void refusesTextThatWouldBeSignedAsAnotherText() {
        assertMisuse(() -> Attenuation.builder().argumentIn("city", "\ud800"));
        assertMisuse(() -> Attenuation.builder().operations("a\udc00"));
    }

    private static Attenuation narrowing() {
        return Attenuation.builder().maxSpendCents(100).build();
    }

    private static CapabilityVerdict verifyOperation(CapabilityToken token, String operation) {
        return verifier()
                .verify(
                        token,
                        new CapabilityRequest(
                                TENANT,
                                INTENT,
                                operation,
                                0,
                                "usd",
                                JsonObject.builder().build()));
    }

    private static CapabilityVerdict verifySpend(CapabilityToken token, long cents) {
        return verifier()
                .verify(
                        token,
                        new CapabilityRequest(
                                TENANT,
                                INTENT,
                                OPERATION,
                                cents,
                                "usd",
                                JsonObject.builder().build()));
    }

    private static CapabilityVerdict verifyArguments(CapabilityToken token, String arguments) {
        return verifier().verify(token, requestWith(arguments));
    }

    private static void assertCode(ThrowingCallable attenuate, String code) {
        assertThatThrownBy(attenuate).isInstanceOfSatisfying(CapabilityException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static void assertMisuse(ThrowingCallable build) {
        assertThatThrownBy(build).isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                .isEqualTo("capability.attenuation"));
    }
}
