package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.EXPIRY;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.MAX_SPEND_CENTS;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.grantReplacing;
import static ai.paybond.kit.capability.TestCapabilities.grantWith;
import static ai.paybond.kit.capability.TestCapabilities.grantWithout;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static ai.paybond.kit.capability.TestCapabilities.verifier;
import static ai.paybond.kit.capability.TestCapabilities.verifierAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityVerifierTest {

    private static final JsonObject NO_ARGUMENTS = JsonObject.builder().build();

    @Test
    void verifiesAndTellsWhatWasGranted() {
        CapabilityVerdict verdict = verifier().verify(token(), request());

        assertThat(verdict).isInstanceOfSatisfying(CapabilityVerdict.Verified.class, verified -> {
            CapabilityClaims claims = verified.claims();
            assertThat(claims.tenantId()).isEqualTo(TENANT);
            assertThat(claims.intentId()).isEqualTo(INTENT);
            assertThat(claims.payee()).isEqualTo("did:web:example.com#booker");
            assertThat(claims.operations()).containsExactly(OPERATION, "travel.cancel");
            assertThat(claims.maxSpendCents()).isEqualTo(MAX_SPEND_CENTS);
            assertThat(claims.currency()).isEqualTo("usd");
            assertThat(claims.expiresAt()).isEqualTo(EXPIRY);
            assertThat(claims.jti()).isEqualTo("5e0a9f6e-1f0b-4d7e-9a55-0c9d8f7e6a5b");
            assertThat(claims.blocks()).isEqualTo(1);
            assertThat(claims.revocationIds()).singleElement().asString().hasSize(128);
        });
    }

    @Test
    void verifiesWithoutTheOptionalFacts() {
        CapabilityToken token =
                TokenForge.authority(grantWithout("payee", "currency", "jti")).token();

        assertThat(verifier().verify(token, request()))
                .isInstanceOfSatisfying(CapabilityVerdict.Verified.class, verified -> {
                    assertThat(verified.claims().payee()).isNull();
                    assertThat(verified.claims().currency()).isNull();
                    assertThat(verified.claims().jti()).isNull();
                });
    }

    @Test
    void refusesWhenThereIsNothingToVerify() {
        assertRefused(verifier().verify(null, request()), DenyCodes.CAPABILITY_MISSING);
        assertRefused(verifier().verify(token(), null), DenyCodes.CAPABILITY_MISSING);
        assertRefused(verifier().verify(null, null), DenyCodes.CAPABILITY_MISSING);
        assertRefused(verifier().verify(CapabilityToken.of(null), request()), DenyCodes.CAPABILITY_MISSING);
        assertRefused(verifier().verify(CapabilityToken.of(""), request()), DenyCodes.CAPABILITY_MISSING);
    }

    @Test
    @SuppressWarnings("NullAway")
    void refusesWhenNothingIsExpected() {
        CapabilityRequest unset = new CapabilityRequest(null, null, null, 0, null, null);

        assertRefused(verifier().verify(token(), unset), DenyCodes.CAPABILITY_TENANT_MISMATCH);
    }

    @Test
    void refusesWhenTenantDiffers() {
        assertRefused(verifyFor("tenant-b", INTENT, OPERATION), DenyCodes.CAPABILITY_TENANT_MISMATCH);
        assertRefused(
                verifyFor(TENANT.toUpperCase(Locale.ROOT), INTENT, OPERATION), DenyCodes.CAPABILITY_TENANT_MISMATCH);
        assertRefused(verifyFor(" ", INTENT, OPERATION), DenyCodes.CAPABILITY_TENANT_MISMATCH);
    }

    @Test
    void refusesWhenIntentDiffers() {
        assertRefused(
                verifyFor(TENANT, "0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a6a", OPERATION),
                DenyCodes.CAPABILITY_INTENT_MISMATCH);
        assertRefused(verifyFor(TENANT, "", OPERATION), DenyCodes.CAPABILITY_INTENT_MISMATCH);
    }

    @Test
    void comparesIntentsInLowerCase() {
        assertVerified(verifyFor(TENANT, INTENT.toUpperCase(Locale.ROOT), OPERATION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "travel.book_flight",
                "Travel.book_hotel",
                "travel.book_hotel ",
                "travel.b\u043e\u043ek_hotel", // Cyrillic letters that look like Latin ones
                "travel.book_hote\u006c\u0301",
                "travel.book_hotel\u0000",
                ""
            })
    void refusesOperationsThatAreNotExactlyTheGrantedOnes(String operation) {
        assertRefused(verifyFor(TENANT, INTENT, operation), DenyCodes.OPERATION_NOT_ALLOWED);
    }

    @Test
    void verifiesOperationsInAnyScript() {
        CapabilityToken token =
                TokenForge.authority(grantWith("operation(\"予約.作成\")")).token();
        CapabilityRequest request = new CapabilityRequest(TENANT, INTENT, "予約.作成", 0, "usd", NO_ARGUMENTS);

        assertVerified(verifier().verify(token, request));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "19999", "20000"})
    void verifiesSpendUpToTheMaximum(long cents) {
        assertVerified(verifySpend(cents, "usd"));
    }

    @ParameterizedTest
    @CsvSource({
        "20001, budget_exceeded",
        "9223372036854775807, budget_exceeded",
        "-1, spend.invalid",
        "-9223372036854775808, spend.invalid"
    })
    void refusesSpendOutsideTheGrant(long cents, String code) {
        assertRefused(verifySpend(cents, "usd"), code);
    }

    @Test
    void refusesSpendInAnotherCurrency() {
        assertRefused(verifySpend(1, "eur"), DenyCodes.CAPABILITY_CURRENCY_MISMATCH);
        assertRefused(verifySpend(1, null), DenyCodes.CAPABILITY_CURRENCY_MISMATCH);
        assertRefused(verifySpend(0, "eur"), DenyCodes.CAPABILITY_CURRENCY_MISMATCH);
    }

    @Test
    void needsNoCurrencyForAFreeCallAndComparesInLowerCase() {
        assertVerified(verifySpend(0, null));
        assertVerified(verifySpend(1, "USD"));
    }

    @Test
    void expiresExactlyAtTheSecond() {
        assertVerified(verifierAt(EXPIRY.minusNanos(1)).verify(token(), request()));
        assertRefused(verifierAt(EXPIRY).verify(token(), request()), DenyCodes.CAPABILITY_EXPIRED);
        assertRefused(verifierAt(EXPIRY.plusSeconds(1)).verify(token(), request()), DenyCodes.CAPABILITY_EXPIRED);
        assertRefused(verifierAt(Instant.MAX).verify(token(), request()), DenyCodes.CAPABILITY_EXPIRED);
    }

    @Test
    void refusesWhenTheClockIsBefore1970() {
        assertRefused(
                verifierAt(Instant.EPOCH.minusNanos(1)).verify(token(), request()), DenyCodes.CAPABILITY_CLOCK_INVALID);
        assertRefused(verifierAt(Instant.MIN).verify(token(), request()), DenyCodes.CAPABILITY_CLOCK_INVALID);
    }

    @Test
    void refusesWhenTheClockCannotBeRead() {
        CapabilityVerifier verifier = CapabilityVerifier.builder()
                .rootKey(1, ROOT.publicKey())
                .clock(new BrokenClock())
                .build();

        assertRefused(verifier.verify(token(), request()), DenyCodes.CAPABILITY_CLOCK_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "intent", "max_spend_cents", "expires_at"})
    void refusesGrantsWithoutARequiredFact(String fact) {
        CapabilityToken token =
                TokenForge.authority(grantWithout(fact + "(", "check")).token();

        assertRefused(verifier().verify(token, request()), DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesGrantsWithoutAnOperation() {
        CapabilityToken token =
                TokenForge.authority(grantWithout("operation(", "check")).token();

        assertRefused(verifier().verify(token, request()), DenyCodes.OPERATION_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant(\"tenant-b\")",
                "tenant(7)",
                "tenant(\"tenant-a\", 1)",
                "intent(\"0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a6a\")",
                "max_spend_cents(99999999)",
                "expires_at(2099-01-01T00:00:00Z)",
                "currency(\"eur\")",
                "payee(\"did:web:other\")",
                "jti(\"other\")"
            })
    void refusesGrantsThatStateAFactTwice(String second) {
        assertRefused(
                verifier().verify(TokenForge.authority(grantWith(second)).token(), request()),
                DenyCodes.CAPABILITY_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant(7)",
                "tenant(\"\")",
                "tenant([\"tenant-a\"])",
                "tenant(\"tenant-a\", \"tenant-a\")",
                "intent(true)",
                "operation(1)",
                "max_spend_cents(\"20000\")",
                "max_spend_cents(-1)",
                "max_spend_cents(2026-11-21T13:00:00Z)",
                "expires_at(1795266000)",
                "expires_at(\"2026-11-21T13:00:00Z\")",
                "currency(1)",
                "payee(hex:00ff)",
                "jti(false)"
            })
    void refusesGrantsWithAFactOfAnotherType(String fact) {
        assertRefused(
                verifier().verify(TokenForge.authority(grantReplacing(fact)).token(), request()),
                DenyCodes.CAPABILITY_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time(2020-01-01T00:00:00Z)",
                "request_tenant(\"tenant-b\")",
                "request_intent(\"x\")",
                "request_operation(\"travel.book_hotel\")",
                "request_spend_cents(0)",
                "request_currency(\"usd\")",
                "arg(\"city\", \"Paris\")"
            })
    void refusesGrantsThatStateWhatOnlyAVerifierMayState(String fact) {
        assertRefused(
                verifier().verify(TokenForge.authority(grantWith(fact)).token(), request()),
                DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void holdsTheCallAgainstTheGrantEvenWhenTheIssuerLeftItsChecksOut() {
        CapabilityToken token = TokenForge.authority(grantWithout("check")).token();

        assertVerified(verifier().verify(token, request()));
        assertRefused(
                verifier().verify(token, new CapabilityRequest("tenant-b", INTENT, OPERATION, 0, "usd", NO_ARGUMENTS)),
                DenyCodes.CAPABILITY_TENANT_MISMATCH);
        assertRefused(verifierAt(EXPIRY).verify(token, request()), DenyCodes.CAPABILITY_EXPIRED);
    }

    @Test
    void refusesWhenACheckOfTheIssuerDoesNotHold() {
        CapabilityToken token = TokenForge.authority(grantWith("check if request_spend_cents($s), $s < 100"))
                .token();

        assertRefused(verifier().verify(token, request()), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void refusesRevokedTokensByTheirFirstBlock() {
        CapabilityToken narrowed =
                Attenuation.builder().maxSpendCents(20_000).build().attenuate(token());
        String authority = revocationIds(narrowed).get(0);

        assertThat(revocationIds(token())).containsExactly(authority);
        assertRefused(verifierRevoking(authority).verify(token(), request()), DenyCodes.CAPABILITY_REVOKED);
        assertRefused(verifierRevoking(authority).verify(narrowed, request()), DenyCodes.CAPABILITY_REVOKED);
    }

    @Test
    void refusesOnlyWhatDescendsFromARevokedLaterBlock() {
        CapabilityToken narrowed =
                Attenuation.builder().maxSpendCents(20_000).build().attenuate(token());
        String later = revocationIds(narrowed).get(1);

        assertVerified(verifierRevoking(later).verify(token(), request()));
        assertRefused(verifierRevoking(later).verify(narrowed, request()), DenyCodes.CAPABILITY_REVOKED);
    }

    @Test
    void refusesWhenRevocationCannotBeLookedUp() {
        CapabilityVerifier verifier = CapabilityVerifier.builder()
                .rootKey(1, ROOT.publicKey())
                .revokedIds(id -> {
                    throw new IllegalStateException("list not loaded");
                })
                .build();

        assertRefused(verifier.verify(token(), request()), DenyCodes.CAPABILITY_REVOCATION_UNKNOWN);
    }

    @Test
    void asksForRevocationOnlyAfterTheSignaturesHold() {
        List<String> asked = new ArrayList<>();
        CapabilityVerifier verifier = CapabilityVerifier.builder()
                .rootKey(1, SigningKey.fromSeed(new byte[32]).publicKey())
                .revokedIds(asked::add)
                .build();

        assertRefused(verifier.verify(token(), request()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
        assertThat(asked).isEmpty();
    }

    @Test
    void acceptsTokensOfEveryPinnedKey() {
        SigningKey next = SigningKey.fromSeed(new byte[32]);
        CapabilityToken rotated = TokenForge.signedBy(next)
                .rootKeyId(2)
                .block(TestCapabilities.GRANT.toArray(String[]::new))
                .token();
        CapabilityVerifier verifier = CapabilityVerifier.builder()
                .rootKey(1, ROOT.publicKey())
                .rootKey(2, next.publicKey())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();

        assertVerified(verifier.verify(token(), request()));
        assertVerified(verifier.verify(rotated, request()));
        assertRefused(verifier().verify(rotated, request()), DenyCodes.CAPABILITY_UNKNOWN_ROOT_KEY);
    }

    @Test
    void saysWhenNothingWasChecked() {
        assertThat(CapabilityVerifier.remoteOnly().verify(token(), request()))
                .isEqualTo(new CapabilityVerdict.NotChecked());
    }

    @Test
    void isNotBuiltWithoutARootKey() {
        assertThatThrownBy(() -> CapabilityVerifier.builder().build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("capability.root_key"));
    }

    @Test
    void refusesTwoKeysUnderOneIdentifier() {
        CapabilityVerifier.Builder builder = CapabilityVerifier.builder().rootKey(1, ROOT.publicKey());

        assertThatThrownBy(() ->
                        builder.rootKey(1, SigningKey.fromSeed(new byte[32]).publicKey()))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> builder.rootKey(-1, ROOT.publicKey())).isInstanceOf(ConfigurationException.class);
    }

    private static CapabilityVerdict verifyFor(String tenant, String intent, String operation) {
        return verifier().verify(token(), new CapabilityRequest(tenant, intent, operation, 0, "usd", NO_ARGUMENTS));
    }

    private static CapabilityVerdict verifySpend(long cents, String currency) {
        return verifier()
                .verify(token(), new CapabilityRequest(TENANT, INTENT, OPERATION, cents, currency, NO_ARGUMENTS));
    }

    private static CapabilityVerifier verifierRevoking(String id) {
        return CapabilityVerifier.builder()
                .rootKey(1, ROOT.publicKey())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .revokedIds(id::equals)
                .build();
    }

    private static List<String> revocationIds(CapabilityToken token) {
        return CapabilityInspector.inspect(token).claimed().revocationIds();
    }

    private static final class BrokenClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            throw new IllegalStateException("no time source");
        }
    }
}
