package ai.paybond.kit.sandbox;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.ReceiptHashes;
import biscuit.format.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import org.biscuitsec.biscuit.crypto.KeyPair;
import org.biscuitsec.biscuit.token.Biscuit;
import org.biscuitsec.biscuit.token.builder.Block;

/** Somebody who holds a capability's key, or says so, and signs calls with it. */
record Holder(SigningKey key, Clock clock) {
    static final String HEADER = "x-paybond-holder-proof";

    /** As a token names this holder. */
    String name() {
        return name(key.publicKey());
    }

    static String name(VerifyingKey key) {
        return "ed25519/" + key.hex();
    }

    /** A new proof for the call that a body asks about. */
    String prove(Scenario scenario, JsonObject body) {
        return prove(scenario.tenant.tenantId(), body, clock.instant().getEpochSecond());
    }

    String prove(String tenantId, JsonObject body, long issuedAt) {
        byte[] nonce = ByteBuffer.allocate(16)
                .putLong(UUID.randomUUID().getMostSignificantBits())
                .putLong(UUID.randomUUID().getMostSignificantBits())
                .array();
        byte[] signature = key.sign(message(tenantId, body, issuedAt, Hex.encode(nonce)));
        byte[] proof = ByteBuffer.allocate(120)
                .put(key.publicKey().bytes())
                .putLong(issuedAt)
                .put(nonce)
                .put(signature)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
    }

    /** Written out by hand, so that it depends on no encoder but the one that the sandbox must agree with. */
    private static byte[] message(String tenantId, JsonObject body, long issuedAt, String nonce) {
        String digest = ReceiptHashes.value(body.object("arguments").orElseGet(() -> JsonObject.parse("{}")))
                .hex();
        String currency = body.string("currency")
                .map(text -> "\"currency\":\"" + text + "\",")
                .orElse("");
        String text = "paybond:capability-holder-proof:v1\n{\"arguments_sha256\":\"" + digest + "\"," + currency
                + "\"intent\":\"" + body.string("intent_id").orElseThrow() + "\",\"issued_at\":" + issuedAt
                + ",\"nonce\":\"" + nonce + "\",\"operation\":\""
                + body.string("operation").orElseThrow() + "\",\"spend_cents\":\""
                + body.integer("requested_spend_cents").orElseThrow() + "\",\"tenant\":\"" + tenantId + "\"}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Asks with a new proof. */
    Answer verify(Scenario scenario, JsonObject body) {
        return verify(scenario, body, prove(scenario, body));
    }

    static Answer verify(Scenario scenario, JsonObject body, String proof) {
        return scenario.client.with(HEADER, proof).post("/verify", body);
    }

    /** The token with a block in which this holder, as a third party, names another one. */
    String handOver(String token, VerifyingKey root, VerifyingKey to) throws Exception {
        Schema.Biscuit before = Schema.Biscuit.parseFrom(Base64.getDecoder().decode(token));
        Digest32 place = Digest32.sha256(before.getAuthority().getSignature().toByteArray());
        return handOver(token, root, to, "after " + place.hex());
    }

    String handOver(String token, VerifyingKey root, VerifyingKey to, String place) throws Exception {
        Biscuit biscuit = Tokens.verified(token, root);
        KeyPair signer = new KeyPair(key.exposeSeed());
        Block block = new Block().add_check("check if request_holder(\"" + name(to) + "\")");
        block.set_context(place);
        return Tokens.encode(biscuit.appendThirdPartyBlock(
                signer.public_key(),
                biscuit.thirdPartyRequest().createBlock(signer, block).get()));
    }
}
