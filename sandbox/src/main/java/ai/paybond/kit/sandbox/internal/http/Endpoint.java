package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.internal.store.Session;

/** The work behind a route, run inside one transaction. */
@FunctionalInterface
public interface Endpoint {
    /** @throws ApiException when the request is refused; the transaction is then rolled back */
    Reply handle(Request request, Caller caller, Session session);

    /**
     * Whether what this was answered before may be told again: no, when the request lacks what proves that the caller may
     * hear it. Then it is handled like one that was never made.
     */
    default boolean mayHearAgain(Request request, Caller caller, Session session) {
        return true;
    }
}
