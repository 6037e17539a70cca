package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.Reason.CHECK_FAILED;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.Reason.LIMIT_EXCEEDED;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.biscuitsec.biscuit.error.Error;

/**
 * A token whose signatures lead to a pinned root key. Whether it covers a call is what {@link #authorize} tells.
 * Thread-safe.
 */
public final class VerifiedToken {

    private final TokenChecks checks;
    private final Grant grant;
    private final TokenTerms terms;
    private final List<String> revocationIds;
    private final Duration evaluationTime;

    VerifiedToken(TokenChecks checks, Grant grant, TokenTerms terms, List<String> revocationIds, TokenLimits limits) {
        this.checks = checks;
        this.grant = grant;
        this.terms = terms;
        this.revocationIds = revocationIds;
        this.evaluationTime = limits.evaluationTime();
    }

    /** What the issuer granted. */
    public Grant grant() {
        return grant;
    }

    /** The holders who have to sign a call; one signature is all that a call has. */
    public Set<VerifyingKey> mustSign() {
        return terms.mustSign();
    }

    /** The names of all holders in the token, those who handed it on included. */
    public Set<String> holders() {
        return terms.named().stream().map(HolderName::of).collect(Collectors.toUnmodifiableSet());
    }

    /** What trusted third parties approved. */
    public List<Approval> approvals() {
        return terms.approvals();
    }

    /** One identifier per block in lower-case hex, the authority block's first. */
    public List<String> revocationIds() {
        return revocationIds;
    }

    /**
     * Evaluates every check in the token against the call. That the facts of the grant fit the call is for the caller to
     * decide; a token without checks passes.
     *
     * <p>The time limit only backs up {@link JoinBudget}: it is elapsed time, so class loading in a cold JVM counts as
     * evaluation. The library's own 5 ms would refuse valid tokens then.
     */
    public void authorize(AmbientFacts facts) throws RejectedTokenException {
        if (!hold(facts)) {
            throw new RejectedTokenException(CHECK_FAILED, "a check in the token does not hold for this call");
        }
    }

    private boolean hold(AmbientFacts facts) throws RejectedTokenException {
        try {
            return checks.hold(facts, evaluationTime);
        } catch (Error.Timeout e) {
            throw new RejectedTokenException(LIMIT_EXCEEDED, "evaluating the token's checks takes too long");
        } catch (Error | RuntimeException | StackOverflowError e) {
            return false; // a check over a value of another type surfaces as NoSuchElementException
        }
    }
}
