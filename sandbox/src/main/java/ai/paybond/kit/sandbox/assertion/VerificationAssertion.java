package ai.paybond.kit.sandbox.assertion;

import ai.paybond.kit.sandbox.SandboxRecords.Verification;

/** What can be said of one answered {@code /verify}. */
public final class VerificationAssertion {
    private final Verification verification;

    /** @param verification as it was answered */
    public VerificationAssertion(Verification verification) {
        this.verification = verification;
    }

    /** It was allowed. */
    public VerificationAssertion isAllowed() {
        Expectation.equal("allow", true, verification.allow(), verification);
        return this;
    }

    /** It was denied or held, with this code. */
    public VerificationAssertion isRefused(String code) {
        Expectation.equal("allow", false, verification.allow(), verification);
        Expectation.equal("code", code, verification.code().orElse(null), verification);
        return this;
    }

    /** It was about this operation. */
    public VerificationAssertion hasOperation(String expected) {
        Expectation.equal("operation", expected, verification.operation(), verification);
        return this;
    }

    /** It was about this spend, in cents. */
    public VerificationAssertion hasSpendCents(long expected) {
        Expectation.equal("spend", expected, verification.spendCents(), verification);
        return this;
    }

    /** It named this tool call. */
    public VerificationAssertion hasToolCallId(String expected) {
        Expectation.equal("tool call", expected, verification.toolCallId().orElse(null), verification);
        return this;
    }

    /** It, for any other assertion. */
    public Verification actual() {
        return verification;
    }
}
