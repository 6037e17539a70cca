package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.receipt.ReceiptHeaders;

/** How evidence came in: the digest of its request, who sent it, and what the headers say for its receipt. */
record Submission(String requestDigest, String subject, ReceiptHeaders headers) {
    static Submission of(Request request, Caller caller) {
        return new Submission(request.bodyDigest(), caller.subject(), ReceiptHeaders.of(request));
    }
}
