package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.Reason.CHECK_FAILED;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.Reason.LIMIT_EXCEEDED;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.biscuitsec.biscuit.datalog.RunLimits;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Authorizer;
import org.biscuitsec.biscuit.token.Biscuit;

/**
 * A token whose signatures lead to a pinned root key. Whether it covers a call is what {@link #authorize} tells. Thread-safe:
 * the library copies what it evaluates into a world of its own for each call, and only reads the token.
 */
public final class VerifiedToken {

    private static final int MAX_DERIVED_FACTS = 1024;
    private static final int MAX_ITERATIONS = 20;

    private final Biscuit biscuit;
    private final Grant grant;
    private final TokenTerms terms;
    private final List<String> revocationIds;
    private final RunLimits limits;

    VerifiedToken(Biscuit biscuit, Grant grant, TokenTerms terms, List<String> revocationIds, TokenLimits limits) {
        this.biscuit = biscuit;
        this.grant = grant;
        this.terms = terms;
        this.revocationIds = revocationIds;
        this.limits = new RunLimits(MAX_DERIVED_FACTS, MAX_ITERATIONS, limits.evaluationTime());
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
     * <p>The time limit only backs up {@link JoinBudget}: the library reads the clock on the wall, so class loading in a
     * cold JVM counts as evaluation. The library's own 5 ms refuse valid tokens then.
     */
    public void authorize(AmbientFacts facts) throws RejectedTokenException {
        try {
            Authorizer authorizer = biscuit.authorizer();
            facts.stateTo(authorizer);
            authorizer.allow().authorize(limits);
        } catch (Error.Timeout | Error.TooManyFacts | Error.TooManyIterations e) {
            throw new RejectedTokenException(LIMIT_EXCEEDED, "evaluating the token's checks takes too long");
        } catch (Error | RuntimeException | StackOverflowError e) {
            // a check over a value of another type surfaces as NoSuchElementException
            throw new RejectedTokenException(CHECK_FAILED, "a check in the token does not hold for this call");
        }
    }
}
