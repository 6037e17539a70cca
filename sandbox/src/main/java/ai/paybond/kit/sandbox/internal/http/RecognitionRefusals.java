package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.recognition.RecognitionVerdict;

/** How a recognition verdict is told: a proof of something else is a conflict, a bad one is no authentication. */
final class RecognitionRefusals {
    private RecognitionRefusals() {}

    static ApiException of(RecognitionVerdict verdict) {
        String because = " (" + verdict.code() + ").";
        return switch (verdict) {
            case TENANT_MISMATCH, VERIFIER_MISMATCH, PURPOSE_MISMATCH, METHOD_MISMATCH, PATH_MISMATCH, BODY_MISMATCH ->
                ApiException.flat(
                        409, "protocol_binding_mismatch", "The recognition proof is for another request" + because);
            case NOT_YET_VALID, EXPIRED ->
                ApiException.flat(401, "recognition_proof_expired", "The recognition proof is not valid now" + because);
            case UNTRUSTED_KEY, BAD_SIGNATURE, VALID ->
                ApiException.flat(
                        401,
                        "recognition_proof_invalid",
                        "The recognition proof is not the registered key's" + because);
        };
    }
}
