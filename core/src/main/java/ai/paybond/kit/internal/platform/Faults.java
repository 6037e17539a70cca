package ai.paybond.kit.internal.platform;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.HttpFailure;
import ai.paybond.kit.internal.http.HttpReply;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions that callers see. None of them holds anything of a reply's body but checked codes and ids. */
public interface Faults {
    /** For an error status. */
    PaybondException rejected(HttpCall call, HttpReply reply);

    /** For a reply that did not come, or not whole. */
    PaybondException failed(HttpCall call, HttpFailure failure);

    /** For a reply that cannot be used. */
    PaybondException unusable(String code, String message, @Nullable Throwable cause);

    /** For a reply about something else than was asked about. */
    PaybondException mismatch(String what, String expected, String actual);
}
