package ai.paybond.kit.nevermined.rail;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.Grant;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes grants as text that only holders of the API key can read, so that the journal can carry what settling after a restart needs
 * and holds no payer's token in the clear. AES-256-GCM under a key derived from the API key (HKDF-SHA256).
 */
final class GrantSeal {
    private static final String PREFIX = "nvm1.";
    private static final String HMAC = "HmacSHA256";
    private static final byte[] INFO = utf8("paybond-kit nevermined grant 1");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final RandomGenerator random;

    GrantSeal(NeverminedApiKey apiKey, RandomGenerator random) {
        this.random = random;
        byte[] extracted = hmac(new byte[32], utf8(apiKey.expose()));
        byte[] expanded = Arrays.copyOf(INFO, INFO.length + 1);
        expanded[INFO.length] = 1;
        this.key = new SecretKeySpec(hmac(extracted, expanded), "AES");
    }

    String seal(Grant grant) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, utf8(toJson(grant).toJson()));
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** @throws PaybondException {@code grant.unreadable} if it was sealed under another key, or is damaged */
    Grant open(String text) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(text.substring(Math.min(PREFIX.length(), text.length())));
            if (!text.startsWith(PREFIX) || all.length < NONCE_BYTES) {
                throw unreadable();
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] sealed = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
            return fromJson(JsonObject.parse(crypt(Cipher.DECRYPT_MODE, nonce, sealed)));
        } catch (IllegalArgumentException | WireException | IllegalStateException e) {
            throw unreadable();
        }
    }

    private static JsonObject toJson(Grant grant) {
        return JsonObject.builder()
                .put("requestId", grant.requestId())
                .put("required", grant.required().toJson())
                .put("token", grant.token().expose())
                .put("maxCredits", grant.maxCredits().toString())
                .putIfPresent("agentRequestId", grant.agentRequestId())
                .put("planId", grant.planId())
                .putIfPresent("payer", grant.payer())
                .build();
    }

    private static Grant fromJson(JsonObject json) {
        return new Grant(
                text(json, "requestId"),
                json.object("required").flatMap(PaymentRequired::read).orElseThrow(GrantSeal::unreadable),
                X402AccessToken.of(text(json, "token")),
                new BigInteger(text(json, "maxCredits")),
                json.string("agentRequestId").orElse(null),
                text(json, "planId"),
                json.string("payer").orElse(null));
    }

    private static String text(JsonObject json, String member) {
        return json.string(member).orElseThrow(GrantSeal::unreadable);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(utf8(PREFIX));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the grant cannot be sealed or opened", e);
        }
    }

    private static byte[] hmac(byte[] salt, byte[] input) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(salt, HMAC));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static PaybondException unreadable() {
        return new PaybondException("grant.unreadable", "the grant was sealed under another API key, or is damaged");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
