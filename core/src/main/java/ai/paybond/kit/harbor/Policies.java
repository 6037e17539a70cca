package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.harbor.PolicyValidation.Check;
import ai.paybond.kit.harbor.PolicyValidation.Issue;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Request;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the Gateway thinks of policy files. Policies themselves ask through {@link ai.paybond.kit.Paybond#policySource} and
 * {@link ai.paybond.kit.Paybond#policyCheck}. Thread-safe. Failures are those of {@link HarborClient}.
 */
public final class Policies {
    private static final Pattern ORG_POLICY_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@~-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Channel channel;

    Policies(Channel channel) {
        this.channel = channel;
    }

    /** How a policy is validated. */
    public enum Strictness {
        /** As the Gateway does by default. */
        STANDARD,
        /** Also refuses side-effecting tools that a present {@code intent.allowed_tools} leaves out. */
        STRICT
    }

    /** Validates a document of version 1, or an overlay alone. */
    public PolicyValidation validate(JsonObject document, Strictness strictness) {
        return validation(validating(document, strictness));
    }

    /** Validates what an overlay amounts to on top of its organisation's policy. */
    public PolicyValidation validateInherited(JsonObject overlay, Strictness strictness) {
        return validation(validating(overlay, strictness).query("resolve_inheritance", "1"));
    }

    private Request validating(JsonObject document, Strictness strictness) {
        return channel.to(Route.POLICY_VALIDATE)
                .query("strict", strictness == Strictness.STRICT ? 1 : null)
                .json(document);
    }

    private static PolicyValidation validation(Request request) {
        Reply reply = request.reply();
        PolicyValidation validation = new PolicyValidation(
                reply.bool("valid"),
                reply.bool("local_valid"),
                reply.bool("remote_valid"),
                reply.optionalString("policy_name").orElse(null),
                issues(reply, "errors"),
                issues(reply, "warnings"),
                checks(reply),
                reply.optionalString("effective_policy_digest").orElse(null),
                reply.json());
        if (validation.valid() && !validation.agrees()) {
            throw reply.wrongType("valid", "what the rest of the reply says");
        }
        return validation;
    }

    /** Rows with a blank member stay: one without a path is about the whole document. */
    private static List<Issue> issues(Reply reply, String member) {
        return reply.json().has(member)
                ? reply.objects(member).stream()
                        .map(reply::inner)
                        .map(Policies::issue)
                        .toList()
                : List.of();
    }

    private static Issue issue(Reply row) {
        return new Issue(
                row.optionalString("code").orElse(""),
                row.optionalString("path").orElse(""),
                row.optionalString("message").orElse(""));
    }

    private static List<Check> checks(Reply reply) {
        if (!reply.json().has("checks")) {
            return List.of();
        }
        return reply.objects("checks").stream()
                .map(reply::inner)
                .map(row -> new Check(row.string("name"), row.bool("passed")))
                .toList();
    }

    /**
     * What an overlay amounts to on top of its organisation's policy.
     *
     * @param orgPolicyId as {@code extends.org_policy_id} names it
     * @param overlay the whole overlay, version 2
     * @throws ConfigurationException {@code org_policy_id.invalid} for an id that could leave the address
     */
    public MergedPolicy effective(String orgPolicyId, JsonObject overlay) {
        return merged(effective(asking(orgPolicyId, overlay)), orgPolicyId);
    }

    /**
     * As {@link #effective(String, JsonObject)}, unless that is what the caller has already.
     *
     * @param currentDigest of the policy in force, {@code sha256:} and 64 hexadecimal digits
     * @return empty when the policy in force still is the effective one
     * @throws ConfigurationException as {@link #effective(String, JsonObject)}, and {@code policy_digest.invalid}
     */
    public Optional<MergedPolicy> effectiveUnless(String currentDigest, String orgPolicyId, JsonObject overlay) {
        if (!DIGEST.matcher(currentDigest).matches()) {
            throw new ConfigurationException("policy_digest.invalid", "the digest is not sha256: and 64 hex digits");
        }
        Reply reply = effective(asking(orgPolicyId, overlay).query("digest", currentDigest));
        if (!reply.optionalBool("unchanged").orElse(false)) {
            return Optional.of(merged(reply, orgPolicyId));
        }
        if (!reply.string("effective_policy_digest").equals(currentDigest)) {
            throw reply.wrongType("effective_policy_digest", "the one that is said to be unchanged");
        }
        return Optional.empty();
    }

    /** The contract does not promise the tenant here; one that is named must be ours. */
    private Reply effective(Request request) {
        Reply reply = request.reply();
        return reply.json().has("tenant_id") ? reply.ofTenant("tenant_id", channel.tenantId()) : reply;
    }

    private static MergedPolicy merged(Reply reply, String orgPolicyId) {
        String digest = reply.string("effective_policy_digest");
        Reply report = reply.inner(reply.object("merge_report"));
        String named = report.optionalString("org_policy_id").orElse(orgPolicyId);
        if (!named.equals(orgPolicyId)) {
            throw report.mismatch("org_policy", orgPolicyId, named);
        }
        return new MergedPolicy(
                reply.object("effective_policy"), digest, issues(report, "denied_widenings"), reply.json());
    }

    private Request asking(String orgPolicyId, JsonObject overlay) {
        if (!ORG_POLICY_ID.matcher(orgPolicyId).matches()) {
            throw new ConfigurationException(
                    "org_policy_id.invalid", "the organisation's policy id has other characters");
        }
        return channel.to(Route.ORG_POLICY_EFFECTIVE, orgPolicyId).json(overlay);
    }
}
