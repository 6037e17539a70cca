package ai.paybond.kit.sandbox.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * An API key: its public id, its secret half, and what it may do. {@code scopes} are separated by spaces, and null for a
 * key that is not restricted.
 */
public record ApiKeyRow(
        String keyId,
        String tenantId,
        String environment,
        String secret,
        String role,
        String subject,
        @Nullable String scopes,
        boolean revoked) {

    public boolean isRestricted() {
        return scopes != null;
    }

    /** The key as its holder presents it. */
    public String exposeKey() {
        return "paybond_" + (isRestricted() ? "rk" : "sk") + "_" + environment + "_" + keyId + "_" + secret;
    }

    @Override
    public String toString() {
        return "ApiKeyRow[" + keyId + ", " + tenantId + "]";
    }
}
