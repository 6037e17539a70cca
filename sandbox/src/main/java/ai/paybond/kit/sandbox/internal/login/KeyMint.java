package ai.paybond.kit.sandbox.internal.login;

import ai.paybond.kit.sandbox.internal.store.Session;

/** Makes the key that an approved login gets. */
@FunctionalInterface
public interface KeyMint {
    String operatorKey(Session session, String tenantId);
}
