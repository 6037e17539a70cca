package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * The JSON inside an access token, unverified. Holds the payer's signature or card token, so {@link #toString()} is redacted.
 *
 * @param json the whole object; members this kit does not know are kept
 */
public record PaymentPayload(JsonObject json) {
    public PaymentPayload {
        Objects.requireNonNull(json, "json");
    }

    /** {@code accepted.planId}. */
    public Optional<String> planId() {
        return accepted().flatMap(accepted -> accepted.string("planId"));
    }

    /** {@code accepted.scheme} and {@code accepted.network}; empty unless both are there. */
    public Optional<PaymentScheme> scheme() {
        return accepted().flatMap(PaymentScheme::read);
    }

    /** {@code accepted.extra.agentId}. */
    public Optional<String> agentId() {
        return accepted().flatMap(accepted -> accepted.object("extra")).flatMap(extra -> extra.string("agentId"));
    }

    /** {@code payload.authorization.from}; card tokens may lack it. */
    public Optional<String> subscriber() {
        return payload()
                .flatMap(payload -> payload.object("authorization"))
                .flatMap(authorization -> authorization.string("from"));
    }

    /** The claims of the JWT that only card tokens carry; its signature is not checked. */
    public Optional<JsonObject> unverifiedCardClaims() {
        return payload().flatMap(payload -> payload.string("token")).flatMap(Base64Json::unverifiedClaims);
    }

    /** The token of this payload. The wrapper is not signed, so encoding again is safe. */
    public X402AccessToken encode() {
        return X402AccessToken.of(Base64Json.url(json));
    }

    @Override
    public String toString() {
        return "PaymentPayload[redacted]";
    }

    private Optional<JsonObject> accepted() {
        return json.object("accepted");
    }

    private Optional<JsonObject> payload() {
        return json.object("payload");
    }
}
