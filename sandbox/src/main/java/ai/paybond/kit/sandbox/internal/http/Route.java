package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import org.jspecify.annotations.Nullable;

/**
 * One mounted route. {@code mount} says where: at the root, under {@code /harbor}, or both; {@code purpose} is what a
 * recognition proof must be for, on the {@code /harbor} mount only; {@code scope} is what a restricted key must have been
 * given, null when such keys never get there.
 */
public record Route(
        SandboxRoute name,
        String method,
        String template,
        Mount mount,
        Access access,
        boolean refusesTenantHeader,
        @Nullable RecognitionPurpose purpose,
        @Nullable Scope scope,
        Endpoint endpoint) {

    /** Where a route can be reached. */
    public enum Mount {
        GATEWAY,
        GATEWAY_AND_HARBOR
    }

    /** Who is let in. */
    public enum Access {
        /** A credential of a tenant. */
        TENANT,
        /** Anyone; what is shown or checked there belongs to nobody. */
        OPEN
    }

    public static Route gateway(SandboxRoute name, String method, String template, Endpoint endpoint) {
        return new Route(name, method, template, Mount.GATEWAY, Access.TENANT, false, null, null, endpoint);
    }

    public static Route harbor(SandboxRoute name, String method, String template, Endpoint endpoint) {
        return new Route(name, method, template, Mount.GATEWAY_AND_HARBOR, Access.TENANT, false, null, null, endpoint);
    }

    /** A route of the Gateway that asks for no credential. */
    public static Route open(SandboxRoute name, String method, String template, Endpoint endpoint) {
        return new Route(name, method, template, Mount.GATEWAY, Access.OPEN, false, null, null, endpoint);
    }

    /** Demands a recognition proof for this purpose on the {@code /harbor} mount. */
    public Route recognizedFor(RecognitionPurpose newPurpose) {
        return new Route(name, method, template, mount, access, refusesTenantHeader, newPurpose, scope, endpoint);
    }

    /** The credential alone names the tenant; a tenant header is an error. */
    public Route refusingTenantHeader() {
        return new Route(name, method, template, mount, access, true, purpose, scope, endpoint);
    }

    /** Lets restricted keys in that have this scope. */
    public Route scoped(Scope newScope) {
        return new Route(name, method, template, mount, access, refusesTenantHeader, purpose, newScope, endpoint);
    }

    boolean isOpen() {
        return access == Access.OPEN;
    }

    boolean writes() {
        return !method.equals("GET");
    }
}
