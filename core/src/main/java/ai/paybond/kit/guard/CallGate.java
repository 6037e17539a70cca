package ai.paybond.kit.guard;

import java.util.Optional;

/**
 * One check that is made here, before the authority is asked. Reserves nothing and changes nothing, since it is asked for
 * previews too. Never throws: what cannot be judged is denied.
 */
@FunctionalInterface
interface CallGate {
    /** Why the call must not run, or not yet; empty when nothing speaks against it. */
    Optional<Decision> objection(ResolvedCall call);
}
