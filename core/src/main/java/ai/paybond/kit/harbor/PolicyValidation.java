package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Gateway found in a policy.
 *
 * @param valid whether the policy may be used
 * @param localValid whether the document is valid by itself
 * @param remoteValid whether it fits what the tenant has published
 * @param policyName the policy's name; absent when it has none
 * @param errors what is wrong, with the Gateway's codes and paths, in its order
 * @param warnings what is worth knowing
 * @param checks what was compared with the tenant's published policies
 * @param effectivePolicyDigest {@code sha256:} and 64 hexadecimal digits; absent when the server names none
 * @param raw the reply, members unknown to this kit included
 */
public record PolicyValidation(
        boolean valid,
        boolean localValid,
        boolean remoteValid,
        @Nullable String policyName,
        List<Issue> errors,
        List<Issue> warnings,
        List<Check> checks,
        @Nullable String effectivePolicyDigest,
        JsonObject raw) {
    public PolicyValidation {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        checks = List.copyOf(checks);
    }

    /**
     * One thing that is wrong. Any of its texts may be blank.
     *
     * @param code the Gateway's
     * @param path of what it is about, in the Gateway's notation; blank for the document
     * @param message for people
     */
    public record Issue(String code, String path, String message) {}

    /** One comparison, such as {@code head_digest_match}. */
    public record Check(String name, boolean passed) {}

    /** Whether nothing in the reply speaks against the policy. */
    boolean agrees() {
        return localValid && remoteValid && errors.isEmpty() && checks.stream().allMatch(Check::passed);
    }
}
