package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.intent.PolicyBinding;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * One version of a template's parameters. {@code publishedAs} counts publications, the highest is the head; it is 0 for a
 * version that was never published.
 */
public record PolicyVersion(PolicyTemplate template, long seq, JsonObject parameters, long publishedAs) {
    static final long FIRST = 1;
    static final long UNPUBLISHED = 0;

    static PolicyVersion of(JsonObject stored) {
        return new PolicyVersion(
                PolicyTemplate.of(stored.string("template_id").orElseThrow()),
                stored.integer("version_seq").orElseThrow(),
                stored.object("parameters").orElseThrow(),
                stored.integer("published_as").orElseThrow());
    }

    JsonObject stored() {
        return JsonObject.builder()
                .put("template_id", template.id())
                .put("version_seq", seq)
                .put("parameters", parameters)
                .put("published_as", publishedAs)
                .build();
    }

    PolicyVersion publishedAfter(PolicyVersion head) {
        return new PolicyVersion(template, seq, parameters, head.publishedAs + 1);
    }

    PublishedPolicy published() {
        return new PublishedPolicy(new PolicyBinding(template.id(), seq, Digest32.ofCanonical(content())), predicate());
    }

    private JsonObject predicate() {
        return template.materialise(parameters);
    }

    /** What the digests are over; the digests are ours. */
    private JsonObject content() {
        return JsonObject.builder()
                .put("template_id", template.id())
                .put("version_seq", seq)
                .put("parameters", parameters)
                .put("predicate_dsl", predicate())
                .build();
    }

    /** The digest as policy files name it. */
    public String headDigest() {
        return "sha256:" + Digest32.sha256(CanonicalJson.strictBytes(content())).hex();
    }

    JsonObject view() {
        return JsonObject.builder()
                .put("version_seq", seq)
                .put("status", publishedAs == UNPUBLISHED ? "draft" : "published")
                .put("parameters", parameters)
                .put("predicate_dsl", predicate())
                .put("content_digest_hex", Digest32.ofCanonical(content()).hex())
                .put("head_digest", headDigest())
                .build();
    }
}
