package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.internal.store.Session;

/** The work behind a route, run inside one transaction. */
@FunctionalInterface
public interface Endpoint {
    /** @throws ApiException when the request is refused; the transaction is then rolled back */
    Reply handle(Request request, Caller caller, Session session);
}
