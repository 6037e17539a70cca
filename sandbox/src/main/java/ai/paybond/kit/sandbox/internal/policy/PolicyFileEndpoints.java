package ai.paybond.kit.sandbox.internal.policy;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.intent.PolicyRegistry;
import ai.paybond.kit.sandbox.internal.intent.PolicyTemplate;
import ai.paybond.kit.sandbox.internal.intent.PolicyVersion;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.policy.PolicyDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates policy files against the tenant, and merges overlays with organisations' policies. */
public final class PolicyFileEndpoints {
    private static final String ORGANISATION = "/v1/org-policies/{id}";

    private final DocumentStore documents;
    private final PolicyRegistry registry;
    private final Clock clock;

    public PolicyFileEndpoints(DocumentStore documents, PolicyRegistry registry, Clock clock) {
        this.documents = documents;
        this.registry = registry;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.POLICY_VALIDATE, "POST", "/v1/policy/validate", this::validate),
                Route.gateway(SandboxRoute.ORG_POLICY, "PUT", ORGANISATION, this::put),
                Route.gateway(SandboxRoute.ORG_POLICY, "GET", ORGANISATION, this::get),
                Route.gateway(SandboxRoute.ORG_POLICY, "POST", ORGANISATION + "/effective", this::effective));
    }

    /** What is wrong is an answer, not an error: 200 also for an invalid policy. */
    private Reply validate(Request request, Caller caller, Session session) {
        JsonObject document = request.json();
        boolean strict = "1".equals(request.query().get("strict"));
        Optional<PolicyMerge.Merged> merged = "1".equals(request.query().get("resolve_inheritance"))
                ? inherited(document, caller, session)
                : Optional.empty();
        JsonObject policy = merged.map(PolicyMerge.Merged::policy).orElse(document);
        List<PolicyIssue> errors = new ArrayList<>(PolicyLint.issues(policy, registry.catalog(), strict));
        merged.ifPresent(result -> errors.addAll(result.denied()));
        boolean local = errors.isEmpty();
        List<JsonObject> checks = checks(policy, caller, session);
        boolean remote = checks.stream().allMatch(check -> check.bool("passed").orElse(false));
        if (!remote) {
            errors.add(new PolicyIssue(
                    "intent.policy_binding", "template_head_mismatch", "The binding is not the published head."));
        }
        return Reply.ok(JsonObject.builder()
                .put("valid", local && remote)
                .put("local_valid", local)
                .put("remote_valid", remote)
                .put("policy_name", policy.string("name").orElse(null))
                .put("tenant_id", caller.tenantId())
                .put("errors", errors.stream().map(PolicyIssue::toJson).toList())
                .put("warnings", List.of())
                .put("checks", checks)
                .putIfPresent("effective_policy_digest", local ? digest(policy).text() : null)
                .build());
    }

    private Optional<PolicyMerge.Merged> inherited(JsonObject document, Caller caller, Session session) {
        return document.object("extends")
                .flatMap(base -> base.string("org_policy_id"))
                .map(id -> PolicyMerge.merge(
                        organisation(id, caller, session).object("policy").orElseThrow(), document));
    }

    private List<JsonObject> checks(JsonObject policy, Caller caller, Session session) {
        Optional<JsonObject> binding = policy.object("intent").flatMap(intent -> intent.object("policy_binding"));
        if (binding.isEmpty()) {
            return List.of();
        }
        Optional<PolicyVersion> head = binding.get()
                .string("template_id")
                .flatMap(PolicyTemplate::find)
                .map(template -> registry.head(session, caller.tenantId(), template));
        boolean digestFits = head.filter(h -> fits(h, binding.get())).isPresent();
        return List.of(check("template_exists", head.isPresent()), check("head_digest_match", digestFits));
    }

    private static boolean fits(PolicyVersion head, JsonObject binding) {
        return binding.integer("version_seq").orElse(head.seq()) == head.seq()
                && binding.string("head_digest").orElse(head.headDigest()).equals(head.headDigest());
    }

    private static JsonObject check(String name, boolean passed) {
        return JsonObject.builder().put("name", name).put("passed", passed).build();
    }

    private Reply put(Request request, Caller caller, Session session) {
        caller.requireAdmin();
        String id = id(request);
        JsonObject policy = request.json();
        List<PolicyIssue> issues = PolicyLint.issues(policy, registry.catalog(), false);
        if (!issues.isEmpty() || policy.has("extends")) {
            throw ApiException.invalid("An organisation's policy must be a valid policy of version 1.");
        }
        long seq = find(id, caller, session)
                        .flatMap(old -> old.integer("base_version_seq"))
                        .orElse(0L)
                + 1;
        JsonObject stored = JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("org_policy_id", id)
                .put("base_version_seq", seq)
                .put("base_content_digest", digest(policy).text())
                .put("policy", policy)
                .build();
        documents.put(session, caller.tenantId(), DocumentKind.ORG_POLICY, id, stored, clock.instant());
        return Reply.ok(stored);
    }

    private Reply get(Request request, Caller caller, Session session) {
        return Reply.ok(organisation(id(request), caller, session));
    }

    private Reply effective(Request request, Caller caller, Session session) {
        JsonObject overlay = request.json();
        String id = id(request);
        JsonObject organisation = organisation(id, caller, session);
        JsonObject base = organisation.object("policy").orElseThrow();
        PolicyMerge.Merged merged = PolicyMerge.merge(base, overlay);
        PolicyDigest digest = digest(merged.policy());
        boolean unchanged = digest.text().equals(request.query().get("digest"));
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("effective_policy_digest", digest.text())
                .put("effective_policy_version", digest.versionLabel())
                .put("unchanged", unchanged)
                .put("effective_policy", unchanged ? JsonObject.builder().build() : merged.policy())
                .putIfPresent("merge_report", unchanged ? null : report(id, base, overlay, merged))
                .put("org_base_version_seq", organisation.get("base_version_seq"))
                .put("org_base_content_digest", organisation.get("base_content_digest"))
                .build());
    }

    private static JsonObject report(String id, JsonObject base, JsonObject overlay, PolicyMerge.Merged merged) {
        @Nullable String organisation =
                overlay.object("extends").flatMap(e -> e.string("org_id")).orElse(null);
        return JsonObject.builder()
                .put("org_policy_id", id)
                .put("org_id", organisation == null ? "" : organisation)
                .put("overlay_policy_name", overlay.string("name").orElse(null))
                .put("base_policy_name", base.string("name").orElse(""))
                .put("overrides_applied", merged.applied())
                .put(
                        "denied_widenings",
                        merged.denied().stream().map(PolicyIssue::toJson).toList())
                .build();
    }

    private JsonObject organisation(String id, Caller caller, Session session) {
        return find(id, caller, session).orElseThrow(ApiException::notFound);
    }

    private Optional<JsonObject> find(String id, Caller caller, Session session) {
        return documents.find(session, caller.tenantId(), DocumentKind.ORG_POLICY, id);
    }

    private static String id(Request request) {
        String id = request.parameters().getOrDefault("id", "");
        if (id.isBlank() || id.length() > 128) {
            throw ApiException.notFound();
        }
        return id;
    }

    private static PolicyDigest digest(JsonObject policy) {
        try {
            return PolicyDigest.of(policy);
        } catch (JsonException e) {
            throw ApiException.invalid("The policy cannot be hashed (" + e.code() + ").");
        }
    }
}
