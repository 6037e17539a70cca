package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes and opens access tokens. They are signed with a key of this sandbox, over what they accept and who pays. */
final class AccessTokens {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    AccessTokens(byte[] key) {
        this.key = key.clone();
    }

    /** What a token says, once its signature held. */
    record Opened(String planId, String scheme, String network, JsonObject extra, String payer, String delegationId) {}

    String mint(JsonObject accepted, String payer, Delegation delegation) {
        JsonObject authorization = JsonObject.builder()
                .put("from", payer)
                .put("sessionKeysProvider", "sandbox")
                .put(
                        "sessionKeys",
                        List.of(
                                Map.of("id", "order", "data", delegation.id),
                                Map.of("id", "redeem", "data", delegation.id)))
                .build();
        JsonObject.Builder payload = JsonObject.builder().put("authorization", authorization);
        String signature = sign(accepted, authorization);
        if (delegation.isCard()) {
            payload.put("token", cardToken(delegation, signature));
        }
        return encode(JsonObject.builder()
                .put("x402Version", 2)
                .put("accepted", accepted)
                .put("payload", payload.put("signature", signature).build())
                .put("extensions", Map.of())
                .build());
    }

    /** @throws RefusedException {@code BCK.X402.0010} if it is no token, {@code BCK.X402.0005} if this sandbox did not sign it */
    Opened open(String token) {
        JsonObject json = decode(token);
        JsonObject accepted = member(json, "accepted");
        JsonObject payload = member(json, "payload");
        JsonObject authorization = member(payload, "authorization");
        byte[] given = payload.string("signature").orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(sign(accepted, authorization).getBytes(StandardCharsets.UTF_8), given)) {
            throw new RefusedException(402, "BCK.X402.0005", "access token invalid");
        }
        String delegationId = authorization
                .array("sessionKeys")
                .flatMap(keys -> keys.objectItems().findFirst())
                .flatMap(first -> first.string("data"))
                .orElse("");
        return new Opened(
                accepted.string("planId").orElse(""),
                accepted.string("scheme").orElse(""),
                accepted.string("network").orElse(""),
                accepted.object("extra").orElse(JsonObject.of(Map.of())),
                authorization.string("from").orElse(""),
                delegationId);
    }

    private String cardToken(Delegation delegation, String signature) {
        JsonObject claims = JsonObject.builder()
                .put("aud", "nvm:card-delegation")
                .put("jti", delegation.id)
                .put("exp", delegation.expiresAt.getEpochSecond())
                .put("nvm", Map.of("delegationId", delegation.id, "provider", delegation.provider))
                .build();
        return encode(JsonObject.of(Map.of("alg", "HS256"))) + "." + encode(claims) + "." + signature;
    }

    private static JsonObject member(JsonObject json, String name) {
        return json.object(name).orElseThrow(AccessTokens::malformed);
    }

    private static RefusedException malformed() {
        return new RefusedException(400, "BCK.X402.0010", "token malformed");
    }

    static String encode(JsonObject json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject decode(String token) {
        try {
            return JsonObject.parse(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException | WireException e) {
            throw malformed();
        }
    }

    private String sign(JsonObject accepted, JsonObject authorization) {
        String signed =
                CanonicalJson.strict(JsonObject.of(Map.of("accepted", accepted, "authorization", authorization)));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return "0x" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
