package ai.paybond.kit.sandbox.internal.http;

import java.util.UUID;

/** Who a credential stands for. The tenant here is the only one that is ever believed. */
public record Caller(
        String tenantId,
        UUID tenantUuid,
        String environment,
        String subject,
        String role,
        String keyId,
        Credential kind) {

    /** How the caller proved itself. */
    public enum Credential {
        API_KEY,
        HARBOR_TOKEN
    }

    public boolean isOperator() {
        return role.equals("operator");
    }

    public boolean isSandbox() {
        return environment.equals("sandbox");
    }

    public boolean usesApiKey() {
        return kind == Credential.API_KEY;
    }

    /** Refuses everyone who may not settle or audit. */
    public void requireOperator() {
        if (!isOperator()) {
            throw ApiException.nested(403, "forbidden", "This credential's role may not do that.");
        }
    }
}
