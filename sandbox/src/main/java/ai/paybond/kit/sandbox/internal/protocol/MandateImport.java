package ai.paybond.kit.sandbox.internal.protocol;

import static ai.paybond.kit.sandbox.internal.protocol.MandateEndpoints.member;
import static ai.paybond.kit.sandbox.internal.protocol.MandateEndpoints.text;

import ai.paybond.kit.sandbox.RecognitionMode;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.intent.IntentRules;
import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.RecognitionKeyRow;
import ai.paybond.kit.sandbox.internal.store.RequestStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Binds a mandate to an intent that stays within it, and signs that. The proof names the digest of the body without the
 * proof, or of the signed mandate: which of them the real service takes is not public.
 */
public final class MandateImport {
    private static final String PURPOSE = "protocol.mandate.import";
    private static final String PATH = "/protocol/v2/mandates";
    private static final String VERIFIER = "paybond-gateway";

    private final RecognitionMode mode;
    private final TenantStore tenants;
    private final RequestStore requests;
    private final IntentStore intents;
    private final DocumentStore documents;
    private final Ledger ledger;
    private final Signer gateway;
    private final Clock clock;

    /** The stores that an import touches. */
    public record Stores(TenantStore tenants, RequestStore requests, IntentStore intents, DocumentStore documents) {}

    public MandateImport(RecognitionMode mode, Stores stores, Ledger ledger, Signer gateway, Clock clock) {
        this.mode = mode;
        this.tenants = stores.tenants();
        this.requests = stores.requests();
        this.intents = stores.intents();
        this.documents = stores.documents();
        this.ledger = ledger;
        this.gateway = gateway;
        this.clock = clock;
    }

    Reply importMandate(Request request, Caller caller, Session session) {
        JsonObject body = request.json();
        JsonObject signed = member(body, "signed_mandate");
        IntentRow intent = intents.find(
                        session, caller.tenantId(), text(body, "intent_id").toLowerCase(Locale.ROOT))
                .orElseThrow(() -> ApiException.flat(404, "not_found", "There is no such object in this tenant."));
        AgentMandate mandate = MandateEndpoints.verified(signed, clock);
        requireProof(body, signed, mandate, caller, session);
        requireCovers(mandate, intent);
        JsonObject receipt = receipt(mandate, signed, body, intent, session);
        return Reply.ok(JsonObject.builder()
                .put("valid", true)
                .put("intent_id", text(body, "intent_id"))
                .put("mandate_digest_sha256_hex", mandate.digest().hex())
                .put("mandate", mandate.toJson())
                .put("authorization_receipt", receipt)
                .build());
    }

    private void requireProof(
            JsonObject body, JsonObject signed, AgentMandate mandate, Caller caller, Session session) {
        Optional<JsonObject> given = body.object("recognition_proof");
        if (mode == RecognitionMode.OFF || (given.isEmpty() && mode == RecognitionMode.LENIENT)) {
            return;
        }
        RecognitionProof proof = read(given.orElseThrow(
                () -> ApiException.flat(401, "recognition_proof_required", "An import needs a recognition proof.")));
        RecognitionKeyRow key = tenants.recognitionKey(session, caller.tenantId(), proof.keyId())
                .orElseThrow(() -> conflict("unregistered_key"));
        if (key.revoked()) {
            throw conflict("revoked_key");
        }
        Set<String> digests = Set.of(sha256(body.without("recognition_proof")), sha256(signed));
        new ProofCheck(caller.tenantId(), VERIFIER, PURPOSE, "POST", PATH, digests)
                .fault(proof, SigningKey.fromSeedHex(key.seed()).publicKey(), clock)
                .ifPresent(code -> {
                    throw conflict(code);
                });
        String keyId =
                mandate.toJson().object("agent").orElseThrow().string("key_id").orElse("");
        if (!keyId.isEmpty() && !keyId.equals(proof.keyId())) {
            throw conflict("mandate_agent_key_mismatch");
        }
        useOnce(proof, caller, session);
    }

    private void useOnce(RecognitionProof proof, Caller caller, Session session) {
        if (requests.nonceUsed(session, caller.tenantId(), proof.keyId(), proof.nonce())) {
            throw conflict("recognition_nonce_replayed");
        }
        requests.useNonce(session, caller.tenantId(), proof.keyId(), proof.nonce(), proof.expiresAt(), clock.instant());
    }

    private static RecognitionProof read(JsonObject proof) {
        try {
            return ProofCheck.read(proof);
        } catch (WireException e) {
            throw ApiException.flat(401, "recognition_proof_invalid", "The proof cannot be read (" + e.code() + ").");
        }
    }

    private static void requireCovers(AgentMandate mandate, IntentRow intent) {
        Set<String> tools = Set.copyOf(mandate.allowedTools());
        boolean covers = mandate.tenantId().equals(intent.tenantId())
                && mandate.allowedRails().contains(intent.settlementRail())
                && mandate.currency().equalsIgnoreCase(intent.currency())
                && mandate.amountMinor() >= intent.amountCents()
                && (tools.isEmpty()
                        || IntentRules.allowedTools(intent).stream()
                                .allMatch(tool -> tools.contains(tool.toLowerCase(Locale.ROOT))));
        if (!covers) {
            throw conflict("protocol_binding_mismatch");
        }
    }

    /** The very same mandate again gets the same receipt; another one cannot take its place. */
    private JsonObject receipt(
            AgentMandate mandate, JsonObject signed, JsonObject body, IntentRow intent, Session session) {
        Optional<JsonObject> bound =
                documents.find(session, intent.tenantId(), DocumentKind.AUTHORIZATION_RECEIPT, intent.intentId());
        String digest = mandate.digest().hex();
        if (bound.isPresent()) {
            if (!bound.get().string("mandate_digest_sha256_hex").orElse("").equals(digest)) {
                throw conflict("protocol_binding_mismatch");
            }
            return bound.get();
        }
        JsonObject receipt = sign(mandate, signed, body, intent);
        documents.put(
                session,
                intent.tenantId(),
                DocumentKind.AUTHORIZATION_RECEIPT,
                intent.intentId(),
                receipt,
                clock.instant());
        JsonObject details =
                JsonObject.builder().put("mandate_digest_sha256_hex", digest).build();
        ledger.append(session, intent.tenantId(), "protocol_mandate_bound", intent.intentId(), details);
        return receipt;
    }

    private JsonObject sign(AgentMandate mandate, JsonObject signed, JsonObject body, IntentRow intent) {
        String name = intent.intentId() + mandate.digest().hex();
        String now = DateTimeFormatter.ISO_INSTANT.format(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        JsonObject.Builder receipt = JsonObject.builder()
                .put("schema_version", 1)
                .put("kind", AuthorizationReceipt.KIND)
                .put("receipt_version", "1")
                .put(
                        "receipt_id",
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put("issued_at", now)
                .put("status", "authorized")
                .put("intent_id", intent.intentId())
                .put("tenant_id", intent.tenantId())
                .put("verifier_id", VERIFIER)
                .put("transport_binding", body.object("transport_binding").orElseGet(() -> JsonObject.builder()
                        .build()))
                .put("mandate_digest_sha256_hex", mandate.digest().hex())
                .put("imported_mandate_signing_public_key_ed25519_hex", signed.get("signing_public_key_ed25519_hex"));
        mandate.toJson().members().forEach((member, value) -> {
            if (!member.equals("schema_version") && !member.equals("kind")) {
                receipt.put(member, value);
            }
        });
        try {
            return AuthorizationReceipt.of(receipt.build()).sign(gateway);
        } catch (WireException e) {
            throw ApiException.flat(400, "validation_error", "The import is malformed (" + e.code() + ").");
        }
    }

    private static String sha256(JsonObject body) {
        return Digest32.sha256(body.toJson().getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static ApiException conflict(String code) {
        return ApiException.flat(409, code, "The mandate cannot be bound to this intent by this agent.");
    }
}
