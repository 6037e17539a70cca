package ai.paybond.kit.sandbox.internal.store;

/** An API key: its public id, its secret half, and what it may do. */
public record ApiKeyRow(
        String keyId,
        String tenantId,
        String environment,
        String secret,
        String role,
        String subject,
        boolean revoked) {

    /** The key as its holder presents it. */
    public String exposeKey() {
        return "paybond_sk_" + environment + "_" + keyId + "_" + secret;
    }

    @Override
    public String toString() {
        return "ApiKeyRow[" + keyId + ", " + tenantId + "]";
    }
}
