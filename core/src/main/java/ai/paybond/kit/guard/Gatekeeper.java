package ai.paybond.kit.guard;

import java.util.List;
import java.util.Optional;

/** Asks every local gate in turn, and the authority once none objects. */
final class Gatekeeper {
    private final List<CallGate> gates;
    private final AuthorityCheck authority;

    Gatekeeper(List<CallGate> gates, AuthorityCheck authority) {
        this.gates = List.copyOf(gates);
        this.authority = authority;
    }

    Decision decide(ResolvedCall call, int attempt) {
        Decision here = preview(call);
        return here instanceof Decision.Allowed && call.tool().isSideEffecting() ? authority.ask(call, attempt) : here;
    }

    /** What can be told without asking the authority; a read-only call is decided by that. */
    Decision preview(ResolvedCall call) {
        for (CallGate gate : gates) {
            Optional<Decision> objection = gate.objection(call);
            if (objection.isPresent()) {
                return objection.get();
            }
        }
        return Decision.Allowed.withoutAuthority();
    }
}
