package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.RecognitionMode;
import ai.paybond.kit.sandbox.internal.store.RecognitionKeyRow;
import ai.paybond.kit.sandbox.internal.store.RequestStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.recognition.RecognitionExpectation;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import ai.paybond.kit.wire.recognition.RecognitionVerdict;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Demands proof that a registered agent made this very request, where a route asks for it. */
public final class RecognitionGate {
    private final RecognitionMode mode;
    private final TenantStore tenants;
    private final RequestStore requests;
    private final Clock clock;

    public RecognitionGate(RecognitionMode mode, TenantStore tenants, RequestStore requests, Clock clock) {
        this.mode = mode;
        this.tenants = tenants;
        this.requests = requests;
        this.clock = clock;
    }

    /** The proof of this request, checked for all but replay; empty where none is needed. */
    Optional<RecognitionProof> check(Route route, Request request, Caller caller, Session session) {
        RecognitionPurpose purpose = route.purpose();
        if (mode == RecognitionMode.OFF || purpose == null || !request.path().startsWith("/harbor/")) {
            return Optional.empty();
        }
        @Nullable String header = request.header(RecognitionProof.HEADER).orElse(null);
        if (header == null) {
            return missing();
        }
        RecognitionProof proof = parse(header);
        VerifyingKey key = registeredKey(proof, caller, session);
        refuseUnless(proof.verify(new RecognitionExpectation(
                caller.tenantId(), purpose, request.method(), request.path(), request.body(), key, clock)));
        return Optional.of(proof);
    }

    private Optional<RecognitionProof> missing() {
        if (mode == RecognitionMode.LENIENT) {
            return Optional.empty();
        }
        throw ApiException.flat(401, "recognition_proof_required", "This route needs an agent recognition proof.");
    }

    private static RecognitionProof parse(String header) {
        try {
            return RecognitionProof.fromHeader(header);
        } catch (WireException e) {
            throw ApiException.flat(
                    401, "recognition_proof_invalid", "The recognition proof cannot be read (" + e.code() + ").");
        }
    }

    private VerifyingKey registeredKey(RecognitionProof proof, Caller caller, Session session) {
        RecognitionKeyRow row = tenants.recognitionKey(session, caller.tenantId(), proof.keyId())
                .orElseThrow(
                        () -> ApiException.flat(403, "unregistered_key", "This tenant has no such recognition key."));
        if (row.revoked()) {
            throw ApiException.flat(403, "revoked_key", "The recognition key was revoked.");
        }
        return SigningKey.fromSeedHex(row.seed()).publicKey();
    }

    private static void refuseUnless(RecognitionVerdict verdict) {
        if (!verdict.isValid()) {
            throw RecognitionRefusals.of(verdict);
        }
    }

    /** @throws ApiException 409 when the nonce was used; asked after idempotent replays have been answered */
    void requireFresh(Optional<RecognitionProof> proof, Caller caller, Session session) {
        proof.filter(p -> requests.nonceUsed(session, caller.tenantId(), p.keyId(), p.nonce()))
                .ifPresent(p -> {
                    throw ApiException.flat(
                            409, "recognition_nonce_replayed", "The recognition proof was used before.");
                });
    }

    void use(Optional<RecognitionProof> proof, Caller caller, Session session) {
        proof.filter(p -> !requests.nonceUsed(session, caller.tenantId(), p.keyId(), p.nonce()))
                .ifPresent(p -> requests.useNonce(
                        session, caller.tenantId(), p.keyId(), p.nonce(), p.expiresAt(), clock.instant()));
    }
}
