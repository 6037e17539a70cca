package ai.paybond.kit.nevermined.conformance;

import static ai.paybond.kit.nevermined.conformance.Cases.object;
import static ai.paybond.kit.nevermined.conformance.Cases.requireEqual;
import static ai.paybond.kit.nevermined.conformance.Cases.text;
import static ai.paybond.kit.nevermined.conformance.Cases.texts;
import static ai.paybond.kit.nevermined.conformance.Cases.utf8;

import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.PaymentPayload;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.SettleRequest;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.Verification;
import ai.paybond.kit.nevermined.VerifyRequest;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.conformance.Cases.Departure;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tokens, requirements, verify and settle. */
final class X402Vectors {
    static final Map<String, Consumer<Cases>> RUNNERS = Map.of(
            "nevermined-token-payloads.json", X402Vectors::tokenPayloads,
            "nevermined-payment-required.json", X402Vectors::paymentRequired,
            "nevermined-verify.json", X402Vectors::verify,
            "nevermined-settle.json", X402Vectors::settle);

    private X402Vectors() {}

    private static void tokenPayloads(Cases file) {
        file.object("codec", codec -> texts(codec, "decode_fail_inputs")
                .forEach(input ->
                        requireEqual(true, X402AccessToken.of(input).decode().isEmpty())));
        file.each("cases", X402Vectors::tokenPayload);
    }

    private static void tokenPayload(JsonObject entry) {
        PaymentPayload payload = new PaymentPayload(object(entry, "payload"));
        entry.string("encoded").ifPresent(encoded -> {
            requireEqual(encoded, payload.encode().expose());
            requireEqual(payload.json(), decoded(encoded));
        });
        entry.string("also_decodes_from").ifPresent(other -> requireEqual(payload.json(), decoded(other)));
        JsonObject accepted = object(payload.json(), "accepted");
        requireEqual(accepted.get("planId"), payload.planId().orElse(null));
        requireEqual(
                accepted.get("scheme"),
                payload.scheme().map(PaymentScheme::name).orElse(null));
        requireEqual(
                object(payload.json(), "payload")
                        .object("authorization")
                        .flatMap(authorization -> authorization.string("from"))
                        .orElse(null),
                payload.subscriber().orElse(null));
        entry.object("inner_jwt_claims")
                .ifPresent(claims ->
                        requireEqual(claims, payload.unverifiedCardClaims().orElse(null)));
    }

    private static JsonObject decoded(String token) {
        return X402AccessToken.of(token).decode().orElseThrow().json();
    }

    private static void paymentRequired(Cases file) {
        file.each("cases", X402Vectors::requirement);
        // The resolver works on looked-up plans: see SchemeResolver and its tests for the remembering.
        file.object("scheme_resolution", SchemeVectors::table);
        file.each("http_402_bodies", RouteVectors::body);
    }

    private static void requirement(JsonObject entry) {
        JsonObject json = object(entry, "json");
        PaymentRequired read = PaymentRequired.read(json).orElseThrow();
        requireEqual(Cases.withoutNulls(json), read.toJson());
        entry.string("header_payment_required")
                .ifPresent(header -> requireEqual(
                        read.toJson(),
                        PaymentRequired.fromHeader(header).orElseThrow().toJson()));
        entry.object("args").ifPresent(args -> built(args, entry, json));
    }

    private static void built(JsonObject args, JsonObject entry, JsonObject json) {
        if (args.has("planIds")) {
            throw new Departure("a requirement that no plan can meet is refused");
        }
        PaymentRequired built = PaymentRequired.forPlan(
                        text(args, "planId"), PaymentScheme.crypto(NeverminedEnvironment.SANDBOX))
                .endpoint(args.string("endpoint").orElse(""))
                .agentId(args.string("agentId").orElse(null))
                .httpVerb(args.string("httpVerb").orElse(null))
                .build();
        requireEqual(json, built.toJson());
        entry.string("header_payment_required").ifPresent(header -> requireEqual(header, built.toHeader()));
    }

    private static void verify(Cases file) {
        file.each("cases", entry -> {
            entry.object("request").ifPresent(request -> {
                JsonObject body = object(request, "body");
                requireEqual(Cases.withoutNulls(body), verifyRequest(body).toJson());
            });
            entry.object("response").ifPresent(response -> verification(response, entry.object("sdk_result")));
        });
    }

    private static VerifyRequest verifyRequest(JsonObject body) {
        return new VerifyRequest(
                PaymentRequired.read(object(body, "paymentRequired")).orElseThrow(),
                X402AccessToken.of(text(body, "x402AccessToken")),
                body.string("maxAmount").map(BigInteger::new).orElse(null));
    }

    private static void verification(JsonObject response, Optional<JsonObject> sdkResult) {
        JsonObject body = object(response, "body");
        Verification given =
                Verification.of(Math.toIntExact(response.integer("status").orElseThrow()), utf8(body));
        if (given instanceof Verification.Denied denied) {
            requireEqual(false, body.bool("isValid").orElse(false));
            requireEqual(body.string("code").orElse("payment_required"), denied.code());
            body.string("invalidReason").ifPresent(reason -> requireEqual(reason, denied.reason()));
            sdkResult
                    .flatMap(result -> result.object("PaymentsError"))
                    .ifPresent(error -> requireEqual(
                            error.get("message"),
                            denied.error() == null ? null : denied.error().describe()));
        } else if (given instanceof Verification.Valid valid) {
            requireEqual(true, body.bool("isValid").orElse(false));
            requireEqual(body.get("payer"), valid.payer().orElse(null));
            requireEqual(body.get("network"), valid.network().orElse(null));
            requireEqual(body.get("agentRequestId"), valid.agentRequestId().orElse(null));
            requireEqual(body.get("urlMatching"), valid.urlMatching().orElse(null));
        }
    }

    private static void settle(Cases file) {
        file.each("cases", entry -> {
            entry.object("request").ifPresent(request -> {
                JsonObject body = object(request, "body");
                requireEqual(Cases.withoutNulls(body), settleRequest(body).toJson());
            });
            entry.object("response").ifPresent(X402Vectors::settlement);
            entry.string("header_payment_response").ifPresent(header -> {
                JsonObject json = object(entry, "json");
                requireEqual(header, new SettlementReceipt(json).toHeader());
                requireEqual(
                        json, SettlementReceipt.fromHeader(header).orElseThrow().json());
            });
        });
    }

    private static SettleRequest settleRequest(JsonObject body) {
        VerifyRequest common = verifyRequest(body);
        return new SettleRequest(
                common.paymentRequired(),
                common.token(),
                common.maxAmount(),
                body.string("agentRequestId").orElse(null),
                body.bool("batch").orElse(null),
                body.integer("marginPercent").map(Math::toIntExact).orElse(null));
    }

    private static void settlement(JsonObject response) {
        JsonObject body = object(response, "body");
        Settlement given =
                Settlement.of(Math.toIntExact(response.integer("status").orElseThrow()), utf8(body));
        requireEqual(body.bool("success").orElseThrow(), given instanceof Settlement.Settled);
        if (given instanceof Settlement.Settled settled) {
            SettlementReceipt receipt = settled.receipt();
            requireEqual(body.get("transaction"), receipt.transaction().orElse(null));
            requireEqual(body.get("network"), receipt.network().orElse(null));
            requireEqual(body.get("creditsRedeemed"), decimal(receipt.creditsRedeemed()));
            requireEqual(body.get("remainingBalance"), decimal(receipt.remainingBalance()));
        } else if (given instanceof Settlement.Failed failed && failed.receipt() != null) {
            requireEqual(body.get("errorReason"), failed.receipt().errorReason().orElse(null));
        } else {
            throw new IllegalStateException("neither settled nor failed with a receipt");
        }
    }

    private static @Nullable String decimal(Optional<BigInteger> amount) {
        return amount.map(BigInteger::toString).orElse(null);
    }
}
