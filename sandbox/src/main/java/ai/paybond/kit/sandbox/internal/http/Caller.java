package ai.paybond.kit.sandbox.internal.http;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a credential stands for. The tenant here is the only one that is ever believed.
 *
 * @param scopes what a restricted key was given; empty for a key that is not restricted
 */
public record Caller(
        String tenantId,
        UUID tenantUuid,
        String environment,
        String subject,
        String role,
        String keyId,
        Credential kind,
        Optional<Set<String>> scopes) {

    private static final Caller NOBODY =
            new Caller("", new UUID(0, 0), "", "", "", "", Credential.NONE, Optional.of(Set.of()));

    /** How the caller proved itself. */
    public enum Credential {
        API_KEY,
        HARBOR_TOKEN,
        NONE
    }

    /** Whoever reaches an open route: of no tenant, and in no role. */
    static Caller nobody() {
        return NOBODY;
    }

    public boolean isOperator() {
        return role.equals("operator") || isAdmin();
    }

    public boolean isAdmin() {
        return role.equals("tenant.admin");
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
            throw forbidden();
        }
    }

    /** Refuses everyone who may not change what the tenant's policies say. */
    public void requireAdmin() {
        if (!isAdmin()) {
            throw forbidden();
        }
    }

    /** Refuses a restricted key that was not given the scope; other keys have every scope. */
    void requireScope(@Nullable Scope scope) {
        if (scopes.isPresent() && (scope == null || !scope.isAmong(scopes.get()))) {
            throw ApiException.nested(403, "scope_required", "This restricted key was not given the scope for that.");
        }
    }

    private static ApiException forbidden() {
        return ApiException.nested(403, "forbidden", "This credential's role may not do that.");
    }
}
