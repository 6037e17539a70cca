package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.intent.CompletionContract;
import ai.paybond.kit.wire.intent.IntentContext;
import ai.paybond.kit.wire.intent.PolicyBinding;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;

/** The published policies of every tenant: each template, with its default parameters, as version 1. */
final class PolicyRegistry implements IntentContext {
    static final long HEAD = 1;

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
        return Optional.empty();
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
