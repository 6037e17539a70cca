package ai.paybond.kit.guard;

import java.util.List;
import java.util.Optional;

/** Asks every local gate in turn, and the authority once none objects. */
final class Gatekeeper {
    private final List<CallGate> gates;
    private final CapabilityCheck capability;
    private final AuthorityCheck authority;

    Gatekeeper(List<CallGate> gates, CapabilityCheck capability, AuthorityCheck authority) {
        this.gates = List.copyOf(gates);
        this.capability = capability;
        this.authority = authority;
    }

    Decision decide(ResolvedCall call, int attempt) {
        Decision here = preview(call);
        if (!(here instanceof Decision.Allowed) || !call.tool().isSideEffecting()) {
            return here;
        }
        Optional<Decision> used = capability.useUp(call);
        return used.isPresent() ? used.get() : authority.ask(call, attempt);
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
