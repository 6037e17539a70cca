package ai.paybond.kit.harbor;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.UuidText;
import org.jspecify.annotations.Nullable;

/**
 * Ready-made intents for trying a guard out, with sandbox keys only: no principal, payee or recognition key is needed.
 * Thread-safe. Failures are those of {@link HarborClient}.
 */
public final class SandboxGuardrails {
    private final Channel channel;

    SandboxGuardrails(Channel channel) {
        this.channel = channel;
    }

    /** Makes a funded intent and its capability. */
    public SandboxRun bootstrap(BootstrapRequest request) {
        Reply reply = channel.to(Route.GUARDRAIL_BOOTSTRAP)
                .idempotencyKey(request.idempotencyKey())
                .json(request.body())
                .reply();
        String intentId = reply.string("intent_id");
        if (!UuidText.isValid(intentId)) {
            throw reply.wrongType("intent_id", "a UUID");
        }
        return new SandboxRun(
                intentId,
                CapabilityToken.of(reply.string("capability_token")),
                reply.string("operation"),
                reply.integer("requested_spend_cents"),
                reply.string("sandbox_lifecycle_status"),
                reply.optionalString("currency").orElse(null),
                reply.optionalString("settlement_rail").orElse(null),
                Replies.withoutToken(reply));
    }

    /** Hands in the evidence of a run, which settles it. */
    public EvidenceReceipt submitEvidence(GuardrailEvidence evidence, @Nullable String idempotencyKey) {
        Reply reply = channel.to(Route.GUARDRAIL_EVIDENCE, HttpHarborClient.checkedIntentId(evidence.intentId()))
                .idempotencyKey(idempotencyKey)
                .json(evidence.body())
                .reply()
                .ofIntent(evidence.intentId());
        return Replies.evidence(reply, "sandbox_lifecycle_status");
    }
}
