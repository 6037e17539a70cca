package ai.paybond.kit.wire.intent;

import java.util.Optional;

/**
 * What a reader of intents must know besides the body, because it is signed but not sent. Called while a body is read,
 * on the reader's thread; what it answers is trusted. Source: Paybond Kit wire format, section 4.
 */
public interface IntentContext {
    /** The head of a published policy of the tenant; empty if there is none of that version. */
    Optional<PublishedPolicy> publishedPolicy(String templateId, long versionSeq);

    /** The contract behind a completion preset; empty if the preset is unknown. */
    Optional<CompletionContract> completionContract(String presetId);

    /** Knows nothing: intents that need a policy or carry a contract are refused. */
    static IntentContext none() {
        return new IntentContext() {
            @Override
            public Optional<PublishedPolicy> publishedPolicy(String templateId, long versionSeq) {
                return Optional.empty();
            }

            @Override
            public Optional<CompletionContract> completionContract(String presetId) {
                return Optional.empty();
            }
        };
    }
}
