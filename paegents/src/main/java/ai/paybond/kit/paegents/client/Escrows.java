package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.escrow.ActivationPackage;
import ai.paybond.kit.paegents.escrow.EscrowMessage;
import ai.paybond.kit.paegents.escrow.SignedIntent;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Activation and settlement of escrows. What is signed for them is signed elsewhere; nothing here holds a key. Thread-safe. */
public final class Escrows {
    private final Backend backend;

    Escrows(Backend backend) {
        this.backend = backend;
    }

    /** Where an escrow stands. */
    public record EscrowStatus(JsonObject raw) {
        /** Such as {@code ready}, {@code submitting} or {@code confirmed}. */
        public String activationStatus() {
            return raw.string("activation_status").orElse("unknown");
        }

        public Optional<String> activationTransaction() {
            return raw.string("activation_tx_hash").filter(hash -> !hash.isBlank());
        }

        /** Such as {@code none}, {@code funded}, {@code closing} or {@code settled}. */
        public Optional<String> escrowStatus() {
            return raw.string("escrow_status");
        }
    }

    /** How a step of the settlement can be taken. */
    public record SettlementOptions(JsonObject raw) {
        /** The way Paegents recommends: {@code direct} or {@code sponsored}. */
        public Optional<String> recommended() {
            return raw.string("recommended_mode");
        }

        /** Whether Paegents would relay a signed message. */
        public boolean isSponsoredAvailable() {
            return raw.object("sponsored")
                    .flatMap(mode -> mode.bool("available"))
                    .orElse(false);
        }

        /** What is to be signed for the sponsored way, by Paegents' names: among them signer, nonce and deadline. */
        public Optional<JsonObject> values() {
            return raw.object("sponsored").flatMap(mode -> mode.object("values"));
        }
    }

    /** A transaction for the signer's own wallet to send. */
    public record Calldata(JsonObject raw) {
        public Optional<String> to() {
            return raw.string("to");
        }

        public Optional<String> data() {
            return raw.string("data");
        }

        public Optional<Long> chainId() {
            return Members.integer(raw, "chain_id");
        }
    }

    /**
     * SDK: {@code get_activation_package}.
     *
     * @throws ai.paybond.kit.paegents.SigningRefusedException {@code paegents.package} if it is malformed
     */
    public ActivationPackage activationPackage(String agreementId) {
        return ActivationPackage.parse(backend.get("usage-agreements", agreementId, "activation-package")
                .object());
    }

    /**
     * SDK: {@code activate_escrow}, under a key that is the same for the same signed content. Returning means that Paegents
     * took it, not that it is on the chain: poll {@link #status}.
     */
    public JsonObject activate(String agreementId, ActivationRequest request) {
        return activate(agreementId, request.toJson(), null);
    }

    /** As {@link #activate(String, ActivationRequest)}, with a body that was signed and kept earlier. */
    public JsonObject activate(String agreementId, JsonObject signedBody) {
        return activate(agreementId, signedBody, null);
    }

    /** As {@link #activate(String, ActivationRequest)}, under a key of the caller's own. */
    public JsonObject activate(String agreementId, JsonObject body, @Nullable String idempotencyKey) {
        return backend.post("usage-agreements", agreementId, "activate-escrow")
                .json(body)
                .key(idempotencyKey == null ? "activate:" + agreementId + ":" + fingerprint(body) : idempotencyKey)
                .anything();
    }

    /** SDK: {@code get_escrow_status}. */
    public EscrowStatus status(String agreementId) {
        return new EscrowStatus(
                backend.get("usage-agreements", agreementId, "escrow-status").object());
    }

    /** SDK: {@code get_settlement_action_options}. */
    public SettlementOptions settlementOptions(String agreementId, EscrowMessage action) {
        return new SettlementOptions(backend.get("usage-agreements", agreementId, "settlement-action-options")
                .query("action", name(action))
                .object());
    }

    /** SDK: {@code get_initiate_close_calldata}. */
    public Calldata initiateCloseCalldata(String agreementId) {
        return new Calldata(backend.get("usage-agreements", agreementId, "initiate-close-calldata")
                .object());
    }

    /** SDK: {@code get_claim_instructions}. */
    public Calldata claimInstructions(String agreementId) {
        return new Calldata(backend.get("usage-agreements", agreementId, "claim-instructions")
                .object());
    }

    /**
     * SDK: {@code submit_sponsored_initiate_close}, {@code _seller_claim} and {@code _buyer_withdraw}: has Paegents relay a
     * signed message. Sends the signed values with the member {@code signature}.
     */
    public JsonObject submitSponsored(String agreementId, EscrowMessage action, SignedIntent signed) {
        String nonce =
                Members.whole(signed.values(), "nonce").map(Object::toString).orElse("none");
        JsonObject body = signed.values().with("signature", signed.signature().hex());
        return backend.post(
                        "usage-agreements",
                        agreementId,
                        "sponsored-actions",
                        name(action).replace('_', '-'))
                .json(body)
                .key("settle:" + name(action) + ":" + agreementId + ":" + nonce)
                .anything();
    }

    private static String name(EscrowMessage action) {
        if (action == EscrowMessage.BUYER_ACTIVATION) {
            throw new IllegalArgumentException("an activation is no settlement");
        }
        return action.name().toLowerCase(Locale.ROOT);
    }

    private static String fingerprint(JsonObject body) {
        return Digest32.sha256(body.toJson().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
    }
}
