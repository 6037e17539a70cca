package ai.paybond.kit;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceContext;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.AgentContext;
import ai.paybond.kit.guard.AuthorityUnreachableException;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.GuardCodes;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.harbor.EvidenceReceipt;
import ai.paybond.kit.harbor.GatewayAuthException;
import ai.paybond.kit.harbor.GuardrailEvidence;
import ai.paybond.kit.harbor.HarborClient;
import ai.paybond.kit.harbor.HarborHttpException;
import ai.paybond.kit.harbor.HarborUnreachableException;
import ai.paybond.kit.harbor.ProtocolException;
import ai.paybond.kit.harbor.SandboxGuardrails;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.harbor.TenantBindingException;
import ai.paybond.kit.harbor.VerifyRequest;
import ai.paybond.kit.harbor.VerifyResult;
import ai.paybond.kit.journal.DeliveryPostponedException;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.DeliveryRejectedException;
import ai.paybond.kit.journal.SpendHold;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Harbor as the rail behind a guard: every way of not getting an answer is a denial, and no evidence is given up early. */
final class HarborToolAuthority implements ToolAuthority {
    private static final Logger log = LoggerFactory.getLogger(HarborToolAuthority.class);

    /** What a person or time can mend without changing the request: a credential, a role, a limit. */
    private static final Set<Integer> MENDABLE = Set.of(401, 403, 408, 425, 429);

    private final HarborClient harbor;
    private final SandboxGuardrails guardrails;
    private final ArgumentDisclosure disclosure;

    HarborToolAuthority(HarborClient harbor, SandboxGuardrails guardrails, ArgumentDisclosure disclosure) {
        this.harbor = harbor;
        this.guardrails = guardrails;
        this.disclosure = disclosure;
    }

    @Override
    public Decision authorize(AuthorizationRequest request) {
        if (!request.tenantId().equals(harbor.tenantId())) {
            return Decision.Denied.because(DenyReason.local(
                    "tenant.binding_mismatch", "the guard is bound to another tenant than the session"));
        }
        try {
            return decision(harbor.verify(question(request)));
        } catch (TenantBindingException e) {
            log.error("Harbor answered {} for another tenant or intent; the call is denied", request, e);
            return denied(e.code(), "Harbor's answer was about another tenant or intent");
        } catch (HarborUnreachableException e) {
            if (Thread.currentThread().isInterrupted()) {
                return unanswered(request, GuardCodes.AUTHORITY_UNREACHABLE, "interrupted while asking Harbor", e);
            }
            throw new AuthorityUnreachableException("Harbor could not be reached: " + e.code(), e);
        } catch (ProtocolException e) {
            return unanswered(request, GuardCodes.AUTHORITY_PROTOCOL_ERROR, "Harbor's answer cannot be used", e);
        } catch (HarborHttpException e) {
            String code = e.retryable() ? GuardCodes.AUTHORITY_UNREACHABLE : DenyReason.REMOTE_FALLBACK_CODE;
            return unanswered(request, code, "Harbor answered " + e.status() + " " + e.code(), e);
        } catch (GatewayAuthException e) {
            String code = e.retryable() ? GuardCodes.AUTHORITY_UNREACHABLE : DenyReason.REMOTE_FALLBACK_CODE;
            return unanswered(request, code, "the Gateway gave no Harbor token", e);
        }
    }

    private VerifyRequest question(AuthorizationRequest request) {
        AgentContext agent = request.agent();
        return VerifyRequest.builder(request.intentId(), request.token(), request.operation())
                .requestedSpendCents(request.spendCents())
                .currency(request.currency())
                .toolCallId(request.callId())
                .toolName(request.toolName())
                .agentSubject(agent.subject())
                .taskId(agent.taskId())
                .workflowId(agent.workflowId())
                .modelFamily(agent.modelFamily())
                .configHash(agent.configHashHex())
                .promptHash(agent.promptHashHex())
                .approvalToken(request.approvalToken())
                .arguments(disclosure == ArgumentDisclosure.FULL ? request.arguments() : null)
                .argumentsHash(disclosure == ArgumentDisclosure.DIGEST ? request.argumentsDigestHex() : null)
                .argumentsSha256(isDigestToBeTold(request) ? request.argumentsSha256Hex() : null)
                .holderProof(request.holderProof())
                .idempotencyKey(request.idempotencyKey())
                .build();
    }

    /** Without it nobody could tell what a holder signed for. */
    private boolean isDigestToBeTold(AuthorizationRequest request) {
        return request.holderProof() != null && disclosure != ArgumentDisclosure.FULL;
    }

    private static Decision decision(VerifyResult answer) {
        if (answer.allow()) {
            return new Decision.Allowed(answer.auditId(), answer.decisionId(), answer.remainingCents());
        }
        if (answer.approvalRequired()) {
            DenyReason reason = DenyReason.remote("approval_required", answer.message());
            return new Decision.ApprovalRequired(answer.approvalRequestId(), answer.decisionId(), reason);
        }
        DenyReason reason = DenyReason.remote(answer.code(), answer.message());
        return new Decision.Denied(reason, answer.auditId(), answer.retryAfterSeconds());
    }

    private static Decision unanswered(
            AuthorizationRequest request, String code, String message, PaybondException cause) {
        log.warn("{} is denied as {}: {}", request, code, cause.getMessage());
        return denied(code, message);
    }

    private static Decision denied(String code, String message) {
        return Decision.Denied.because(DenyReason.remote(code, message));
    }

    @Override
    public void complete(SpendHold hold, SpendOutcome outcome) {
        settling(() -> {
            harbor.completeDecision(hold.decisionId(), outcome);
            return outcome;
        });
    }

    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        requireOwnTenant(evidence.context().tenantId());
        EvidenceReceipt receipt = settling(() -> send(evidence));
        return new DeliveryReceipt(receipt.state(), receipt.predicatePassed());
    }

    private EvidenceReceipt send(EvidenceEnvelope evidence) {
        EvidenceContext context = evidence.context();
        return switch (evidence.seal()) {
            case PAYEE_SIGNED ->
                harbor.submitSignedBody(
                        context.intentId(), Objects.requireNonNull(evidence.signedBody()), context.idempotencyKey());
            case MANAGED ->
                guardrails.submitEvidence(
                        new GuardrailEvidence(
                                context.intentId(),
                                evidence.payload(),
                                context.operation(),
                                context.spendCents(),
                                null),
                        context.idempotencyKey());
            case OWED -> throw new PaybondException("evidence.unsigned", "unsigned evidence cannot be delivered");
        };
    }

    /** A journal may be shared with sessions of other tenants; theirs to deliver. */
    private void requireOwnTenant(String tenantId) {
        if (!tenantId.equals(harbor.tenantId())) {
            throw new PaybondException("tenant.mismatch", "this evidence belongs to another tenant's session");
        }
    }

    /** Tells "never" from "not now", which is the only difference that matters after the tool ran. */
    private static <T> T settling(Supplier<T> step) {
        try {
            return step.get();
        } catch (HarborHttpException e) {
            if (e.status() < 500 && !MENDABLE.contains(e.status())) {
                throw new DeliveryRejectedException(e.code(), e.getMessage());
            }
            throw e.retryAfter()
                    .<PaybondException>map(
                            wish -> new DeliveryPostponedException(e.code(), "Harbor asks for patience", wish, e))
                    .orElse(e);
        } catch (TenantBindingException e) {
            throw new DeliveryRejectedException(e.code(), e.getMessage());
        }
    }
}
