package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.HttpFailure;
import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.internal.platform.Faults;
import org.jspecify.annotations.Nullable;

/** The exceptions of every client of a session. */
enum HarborFaults implements Faults {
    /** Stateless. */
    INSTANCE;

    @Override
    public HarborHttpException rejected(HttpCall call, HttpReply reply) {
        ServerError error = ServerError.of(reply);
        boolean retryable = HarborHttpException.isTransient(reply.status());
        return new HarborHttpException(
                reply.status(),
                error.code(),
                error.harborCode(),
                call.method(),
                call.path(),
                error.requestId(),
                retryable,
                reply.retryAfter().orElse(null));
    }

    @Override
    public PaybondException failed(HttpCall call, HttpFailure e) {
        String message = call + ": " + e.getMessage();
        return switch (e.kind()) {
            case UNREACHABLE -> new HarborUnreachableException("harbor.unreachable", message, e);
            case TIMED_OUT -> new HarborUnreachableException("harbor.timeout", message, e);
            case INTERRUPTED -> new HarborUnreachableException("harbor.interrupted", message, e);
            case TRUNCATED -> new ProtocolException("reply.truncated", message, e);
            case TOO_LARGE -> new ProtocolException("reply.too_large", message, e);
            case UNWRITABLE -> new PaybondException("download.unwritable", message, e);
            case REDIRECTED -> new ProtocolException("reply.redirect", message, e);
            case CLOSED -> new PaybondException("session.closed", message, e);
        };
    }

    @Override
    public ProtocolException unusable(String code, String message, @Nullable Throwable cause) {
        return cause == null ? new ProtocolException(code, message) : new ProtocolException(code, message, cause);
    }

    @Override
    public TenantBindingException mismatch(String what, String expected, String actual) {
        return new TenantBindingException(what + ".binding_mismatch", what, expected, actual);
    }
}
