package ai.paybond.kit.sandbox;

/** The routes of the sandbox, as faults and idempotency keys name them. A route counts once under both of its mounts. */
public enum SandboxRoute {
    HARBOR_ACCESS,
    PRINCIPAL,
    VERIFY,
    INTENT_CREATE,
    INTENT_FUND,
    EVIDENCE_SUBMIT,
    SETTLEMENT_CONFIRM,
    INTENT_LIST,
    INTENT_DETAIL,
    LEDGER,
    POLICY,
    GUARDRAIL_BOOTSTRAP,
    GUARDRAIL_EVIDENCE,
    SPEND_PREFLIGHT,
    SPEND_COMPLETE,
    APPROVAL,
    APPROVAL_ADMIN,
    SPEND_ADMIN,
    AGENT_RUN
}
