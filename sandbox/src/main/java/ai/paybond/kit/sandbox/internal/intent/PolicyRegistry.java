package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.intent.CompletionContract;
import ai.paybond.kit.wire.intent.IntentContext;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The policies of every tenant, and the completion presets of the platform's catalogue. Each template is published to
 * every tenant with default parameters as version 1; a tenant adds versions and publishes one of them as its head.
 */
public final class PolicyRegistry {
    private final CompletionCatalog catalog = CompletionCatalog.bundled();
    private final DocumentStore documents;
    private final Clock clock;

    public PolicyRegistry(DocumentStore documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /** What intents of the tenant may be bound to: the published heads only. */
    IntentContext context(Session session, String tenantId) {
        return new IntentContext() {
            @Override
            public Optional<PublishedPolicy> publishedPolicy(String templateId, long versionSeq) {
                return PolicyTemplate.find(templateId)
                        .map(template -> head(session, tenantId, template))
                        .filter(head -> head.seq() == versionSeq)
                        .map(PolicyVersion::published);
            }

            @Override
            public Optional<CompletionContract> completionContract(String presetId) {
                return catalog.contract(presetId);
            }
        };
    }

    /** All versions, the oldest first. */
    List<PolicyVersion> versions(Session session, String tenantId, PolicyTemplate template) {
        List<PolicyVersion> versions = new ArrayList<>();
        versions.add(new PolicyVersion(template, PolicyVersion.FIRST, template.defaults(), PolicyVersion.FIRST));
        documents.all(session, tenantId, DocumentKind.POLICY_VERSION).stream()
                .map(document -> PolicyVersion.of(document.body()))
                .filter(version -> version.template() == template)
                .forEach(versions::add);
        return versions;
    }

    /** The version that was published last. */
    public PolicyVersion head(Session session, String tenantId, PolicyTemplate template) {
        return versions(session, tenantId, template).stream()
                .max(Comparator.comparingLong(PolicyVersion::publishedAs))
                .orElseThrow();
    }

    PolicyVersion draft(Session session, String tenantId, PolicyTemplate template, JsonObject parameters) {
        template.materialise(parameters);
        long seq = versions(session, tenantId, template).size() + 1L;
        JsonObject all = JsonObject.builder()
                .putAll(template.defaults())
                .putAll(parameters)
                .build();
        return put(session, tenantId, new PolicyVersion(template, seq, all, PolicyVersion.UNPUBLISHED));
    }

    /** Makes the version the head; publishing the head again changes nothing. */
    PolicyVersion publish(Session session, String tenantId, PolicyTemplate template, long seq) {
        PolicyVersion version = versions(session, tenantId, template).stream()
                .filter(candidate -> candidate.seq() == seq)
                .findFirst()
                .orElseThrow(ApiException::notFound);
        PolicyVersion head = head(session, tenantId, template);
        if (head.seq() == seq) {
            return head;
        }
        if (seq < head.seq()) {
            throw ApiException.nested(409, "policy.version.superseded", "A later version was published.");
        }
        return put(session, tenantId, version.publishedAfter(head));
    }

    private PolicyVersion put(Session session, String tenantId, PolicyVersion version) {
        String id = version.template().id() + "#" + version.seq();
        documents.put(session, tenantId, DocumentKind.POLICY_VERSION, id, version.stored(), clock.instant());
        return version;
    }

    public CompletionCatalog catalog() {
        return catalog;
    }

    CompletionPreset preset(String id) {
        return catalog.find(id).orElseThrow(() -> ApiException.invalid("There is no such completion preset."));
    }

    /** The predicate behind a preset: its template, expecting what the preset expects. */
    static JsonObject predicate(CompletionPreset preset) {
        JsonObject.Builder parameters = JsonObject.builder();
        preset.expected().members().forEach((name, value) -> parameters.put("expected_" + name, value));
        if (preset.evidenceSchema().object("properties").orElseThrow().has("total_cents")) {
            parameters.put("cost_path", List.of("total_cents"));
        }
        return PolicyTemplate.of(preset.template()).materialise(parameters.build());
    }
}
