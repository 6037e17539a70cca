package ai.paybond.kit.sandbox.internal.protocol;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.store.RecognitionKeyRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Imports mandates, and verifies mandates and recognition proofs for anyone. Errors are flat here. */
public final class MandateEndpoints {
    private final MandateImport imports;
    private final TenantStore tenants;
    private final Clock clock;

    public MandateEndpoints(MandateImport imports, TenantStore tenants, Clock clock) {
        this.imports = imports;
        this.tenants = tenants;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.MANDATE, "POST", "/protocol/v2/mandates", imports::importMandate)
                        .scoped(Scope.A2A_WRITE),
                Route.open(SandboxRoute.MANDATE_VERIFY, "POST", "/protocol/v2/mandates/verify", this::verifyMandate),
                Route.open(
                        SandboxRoute.RECOGNITION_VERIFY,
                        "POST",
                        "/protocol/v2/recognition/verify",
                        this::verifyRecognition));
    }

    private Reply verifyMandate(Request request, Caller caller, Session session) {
        AgentMandate mandate = verified(request.json(), clock);
        return Reply.ok(JsonObject.builder()
                .put("valid", true)
                .put("mandate_digest_sha256_hex", mandate.digest().hex())
                .build());
    }

    /** Whole and signed, by whatever key it carries. */
    static AgentMandate verified(JsonObject signed, Clock clock) {
        Verdict<AgentMandate> verdict = AgentMandate.verify(signed, TrustedKeys.unpinned(), clock);
        if (verdict instanceof Verdict.ValidUnpinned<AgentMandate> valid) {
            return valid.value();
        }
        throw ApiException.flat(400, "invalid_mandate", "The mandate does not verify (" + verdict.code() + ").");
    }

    private Reply verifyRecognition(Request request, Caller caller, Session session) {
        JsonObject body = request.json();
        RecognitionProof proof;
        try {
            proof = ProofCheck.read(member(body, "proof"));
        } catch (WireException e) {
            throw ApiException.flat(400, "recognition_proof_invalid", "The proof cannot be read (" + e.code() + ").");
        }
        ProofCheck expected = expected(body);
        Optional<RecognitionKeyRow> key = tenants.recognitionKey(session, expected.tenantId(), proof.keyId())
                .filter(row -> !row.revoked());
        Optional<String> fault = key.isEmpty()
                ? Optional.of("unregistered_key")
                : expected.fault(proof, SigningKey.fromSeedHex(key.get().seed()).publicKey(), clock);
        if (fault.isPresent()) {
            throw ApiException.flat(409, fault.get(), "The proof is not what was expected.");
        }
        return Reply.ok(JsonObject.builder()
                .put("valid", true)
                .put("proof", body.get("proof"))
                .build());
    }

    private static ProofCheck expected(JsonObject body) {
        JsonObject verifier = member(body, "expected_verifier");
        JsonObject request = member(body, "expected_request");
        return new ProofCheck(
                text(verifier, "tenant_id"),
                text(verifier, "verifier_id"),
                text(body, "expected_purpose"),
                text(request, "method"),
                text(request, "path"),
                Set.of(text(request, "body_digest_sha256_hex")));
    }

    static JsonObject member(JsonObject body, String name) {
        return body.object(name)
                .orElseThrow(() -> ApiException.flat(400, "validation_error", name + " must be an object."));
    }

    static String text(JsonObject body, String name) {
        return body.string(name)
                .orElseThrow(() -> ApiException.flat(400, "validation_error", name + " must be a string."));
    }
}
