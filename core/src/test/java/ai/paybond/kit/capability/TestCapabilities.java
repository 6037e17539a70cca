package ai.paybond.kit.capability;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** One valid grant, the call that it covers, and the verifier that knows its issuer; tests change one thing at a time. */
public final class TestCapabilities {

    public static final int ROOT_KEY_ID = 1;
    public static final SigningKey ROOT =
            SigningKey.fromSeedHex("1000000000000000000000000000000000000000000000000000000000000001");
    public static final String TENANT = "tenant-a";
    public static final String INTENT = "0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a69";
    public static final String OPERATION = "travel.book_hotel";
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final Instant EXPIRY = Instant.parse("2026-11-21T13:00:00Z");
    public static final long MAX_SPEND_CENTS = 20_000;

    static final List<String> GRANT = List.of(
            "tenant(\"" + TENANT + "\")",
            "intent(\"" + INTENT + "\")",
            "payee(\"did:web:example.com#booker\")",
            "operation(\"" + OPERATION + "\")",
            "operation(\"travel.cancel\")",
            "max_spend_cents(" + MAX_SPEND_CENTS + ")",
            "currency(\"usd\")",
            "expires_at(" + EXPIRY + ")",
            "jti(\"5e0a9f6e-1f0b-4d7e-9a55-0c9d8f7e6a5b\")",
            "check if request_tenant($t), tenant($t)",
            "check if request_intent($i), intent($i)",
            "check if request_operation($o), operation($o)",
            "check if request_spend_cents($s), $s >= 0",
            "check if request_spend_cents($s), max_spend_cents($m), $s <= $m",
            "check if time($now), expires_at($e), $now < $e");

    private TestCapabilities() {}

    /** A token that covers {@link #request()}. */
    public static CapabilityToken token() {
        return TokenForge.authority(GRANT).token();
    }

    /** {@link #token()} with a block of these lines, properly signed by whoever holds it. */
    public static CapabilityToken tokenWithBlock(String... lines) {
        return TokenForge.authority(GRANT).block(lines).token();
    }

    /** The call that {@link #token()} covers. */
    public static CapabilityRequest request() {
        return new CapabilityRequest(
                TENANT, INTENT, OPERATION, 18_700, "usd", JsonObject.parse("{\"city\":\"Paris\"}"));
    }

    /** A verifier that trusts the issuer of {@link #token()}, at {@link #NOW}. */
    public static CapabilityVerifier verifier() {
        return verifierAt(NOW);
    }

    /** As {@link #verifier()}, at another time. */
    public static CapabilityVerifier verifierAt(Instant now) {
        return CapabilityVerifier.builder()
                .rootKey(ROOT_KEY_ID, ROOT.publicKey())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
    }

    /** The grant without the facts and checks that begin like this. */
    static List<String> grantWithout(String... beginnings) {
        return GRANT.stream()
                .filter(line -> List.of(beginnings).stream().noneMatch(line::startsWith))
                .toList();
    }

    static List<String> grantWith(String... lines) {
        List<String> grant = new ArrayList<>(GRANT);
        grant.addAll(List.of(lines));
        return grant;
    }

    /** The grant with the fact of the new one's name replaced, and without the issuer's own checks. */
    static List<String> grantReplacing(String fact) {
        List<String> grant = new ArrayList<>(grantWithout("check", fact.substring(0, fact.indexOf('(') + 1)));
        grant.add(fact);
        return grant;
    }

    static CapabilityRequest requestWith(String arguments) {
        return new CapabilityRequest(TENANT, INTENT, OPERATION, 0, "usd", JsonObject.parse(arguments));
    }

    static void assertVerified(CapabilityVerdict verdict) {
        assertThat(verdict).isInstanceOf(CapabilityVerdict.Verified.class);
    }

    static void assertRefused(CapabilityVerdict verdict, String code) {
        assertThat(verdict).isInstanceOfSatisfying(CapabilityVerdict.Refused.class, refused -> {
            assertThat(refused.reason().code()).as(refused.reason().message()).isEqualTo(code);
            assertThat(refused.reason().origin()).isEqualTo(DenyReason.Origin.LOCAL);
        });
    }
}
