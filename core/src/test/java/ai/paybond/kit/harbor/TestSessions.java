package ai.paybond.kit.harbor;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Sessions with a scripted server, and the things they are asked about. */
final class TestSessions {
    static final String TENANT = "tenant-a";
    static final String INTENT = "550e8400-e29b-41d4-a716-446655440000";
    static final String OTHER_INTENT = "660e8400-e29b-41d4-a716-446655440000";
    static final String OPERATOR = "did:web:vendor.example";
    static final String APPROVAL = "770e8400-e29b-41d4-a716-446655440000";
    static final String API_KEY = "paybond_sk_sandbox_" + "ab".repeat(16) + "_" + "cd".repeat(32);
    static final String TOKEN = "c2VjcmV0LWNhcGFiaWxpdHk=";
    static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
    static final SigningKey SIGNER = SigningKey.fromSeedHex("07".repeat(32));

    private TestSessions() {}

    static PaybondOptions.Builder gatewayOptions(ScriptedServer server) {
        return PaybondOptions.builder(server.url(), ApiKey.of(API_KEY))
                .recognitionKey("agent-key-1", SIGNER)
                .maxResponseBytes(20_000)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static PaybondOptions.Builder directOptions(ScriptedServer server) {
        return gatewayOptions(server).harborUrl(server.url());
    }

    /** Through the Gateway; the question for the principal is answered and off the record. */
    static HarborSession gateway(ScriptedServer server, Machine machine) {
        server.answer(200, principal());
        HarborSession session = HarborSession.open(gatewayOptions(server).build(), machine);
        server.next();
        return session;
    }

    /** Direct; the exchange is answered with {@code jwt-1} and off the record. */
    static HarborSession direct(ScriptedServer server, Machine machine) {
        server.answer(200, access("jwt-1", 900));
        HarborSession session = HarborSession.open(directOptions(server).build(), machine);
        server.next();
        return session;
    }

    static String principal() {
        return JsonObject.of(Map.of("tenant_id", TENANT, "environment", "sandbox"))
                .toJson();
    }

    static String access(String token, long expiresIn) {
        return JsonObject.of(Map.of("access_token", token, "expires_in", expiresIn, "tenant_id", TENANT))
                .toJson();
    }

    static VerifyRequest question() {
        return VerifyRequest.builder(INTENT, CapabilityToken.of(TOKEN), "travel.book_hotel")
                .requestedSpendCents(18_700)
                .build();
    }

    static SignedEvidence evidence(EvidenceVersion version) {
        return new EvidenceStatement(
                        TENANT,
                        INTENT,
                        "did:web:example.com#booker",
                        JsonObject.of(Map.of("booked", true)),
                        List.of(),
                        "2026-06-30T12:00:00Z")
                .sign(SIGNER, version);
    }

    static IntentRequest.Builder intent() {
        return IntentRequest.builder(new PrincipalIdentity("did:web:example.com#principal", SIGNER), "did:p")
                .intentId(INTENT)
                .amount(20_000, "usd")
                .deadline(Instant.parse("2030-12-31T23:59:59Z"))
                .allowedTools(List.of("travel.book_hotel"))
                .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                .settlementRail("stripe_connect")
                .payeeKey(SIGNER.publicKey());
    }
}
