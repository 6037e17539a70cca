package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.intent.CompletionContract;
import ai.paybond.kit.wire.intent.IntentContext;
import ai.paybond.kit.wire.intent.PolicyBinding;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The published policies of every tenant, each template with its default parameters as version 1, and the completion
 * presets of the platform's catalogue.
 */
public final class PolicyRegistry implements IntentContext {
    static final long HEAD = 1;

    private final CompletionCatalog catalog = CompletionCatalog.bundled();

    @Override
    public Optional<PublishedPolicy> publishedPolicy(String templateId, long versionSeq) {
        for (PolicyTemplate template : PolicyTemplate.values()) {
            if (template.id().equals(templateId) && versionSeq == HEAD) {
                return Optional.of(head(template));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<CompletionContract> completionContract(String presetId) {
        return catalog.contract(presetId);
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

    /** The digest is ours: BLAKE3 over the canonical JSON of what was published. */
    static PublishedPolicy head(PolicyTemplate template) {
        JsonObject predicate = template.materialise(template.defaults());
        Digest32 digest = Digest32.ofCanonical(JsonObject.builder()
                .put("template_id", template.id())
                .put("version_seq", HEAD)
                .put("parameters", template.defaults())
                .put("predicate_dsl", predicate)
                .build());
        return new PublishedPolicy(new PolicyBinding(template.id(), HEAD, digest), predicate);
    }
}
