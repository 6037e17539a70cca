package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import org.jspecify.annotations.Nullable;

/**
 * One mounted route. {@code mount} says where: at the root, under {@code /harbor}, or both; {@code purpose} is what a
 * recognition proof must be for, on the {@code /harbor} mount only.
 */
public record Route(
        SandboxRoute name,
        String method,
        String template,
        Mount mount,
        boolean refusesTenantHeader,
        @Nullable RecognitionPurpose purpose,
        Endpoint endpoint) {

    /** Where a route can be reached. */
    public enum Mount {
        GATEWAY,
        GATEWAY_AND_HARBOR
    }

    public static Route gateway(SandboxRoute name, String method, String template, Endpoint endpoint) {
        return new Route(name, method, template, Mount.GATEWAY, false, null, endpoint);
    }

    public static Route harbor(SandboxRoute name, String method, String template, Endpoint endpoint) {
        return new Route(name, method, template, Mount.GATEWAY_AND_HARBOR, false, null, endpoint);
    }

    /** Demands a recognition proof for this purpose on the {@code /harbor} mount. */
    public Route recognizedFor(RecognitionPurpose newPurpose) {
        return new Route(name, method, template, mount, refusesTenantHeader, newPurpose, endpoint);
    }

    /** The credential alone names the tenant; a tenant header is an error. */
    public Route refusingTenantHeader() {
        return new Route(name, method, template, mount, true, purpose, endpoint);
    }

    boolean writes() {
        return !method.equals("GET");
    }
}
