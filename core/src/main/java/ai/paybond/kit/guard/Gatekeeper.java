package ai.paybond.kit.guard;

import ai.paybond.kit.guard.CallObserver.Scope;
import ai.paybond.kit.guard.CallObserver.Stage;
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
        Decision here = verify(call);
        if (!(here instanceof Decision.Allowed) || !call.tool().isSideEffecting()) {
            return here;
        }
        Optional<Decision> used = capability.useUp(call);
        return used.isPresent() ? used.get() : ask(call, attempt);
    }

    private Decision verify(ResolvedCall call) {
        try (Scope verifying = call.watch().stage(Stage.VERIFY)) {
            return preview(call);
        }
    }

    private Decision ask(ResolvedCall call, int attempt) {
        try (Scope asking = call.watch().stage(Stage.AUTHORIZE)) {
            return authority.ask(call, attempt);
        }
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
