package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.Objects;

/**
 * The head of a published policy: its binding and the predicate it comes to. The predicate's digest is signed in the
 * place of a raw predicate's; the predicate itself is not sent. Source: Paybond Kit wire format, section 4.
 *
 * @param predicate the materialised predicate
 */
public record PublishedPolicy(PolicyBinding binding, JsonValue predicate) {
    public PublishedPolicy {
        Objects.requireNonNull(binding, "binding");
        Objects.requireNonNull(predicate, "predicate");
    }

    /**
     * The binding, if this is the version that was asked for.
     *
     * @throws WireException {@code policy.head_mismatch} otherwise
     */
    public PolicyBinding bind(String templateId, long versionSeq) {
        boolean same = binding.templateId().equals(templateId) && binding.versionSeq() == versionSeq;
        Rules.require(same, "policy.head_mismatch", "the published policy is another template or version");
        return binding;
    }
}
