package ai.paybond.kit.examples.adversary;

import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import java.util.ArrayList;
import java.util.List;

/** One attack at one door: two legitimate tasks, and the injected calls between them. */
final class Siege {
    static final long TASKS = 2;
    static final InjectedCall RIDE = new InjectedCall("ride", "bookRide", "{\"payee\":\"" + Bank.TAXI + "\"}");
    static final InjectedCall INVOICE =
            new InjectedCall("invoice", "payInvoice", "{\"payee\":\"" + Bank.HOTEL + "\",\"amountCents\":900}");

    final Bank bank;
    final Door door;
    final Purse purse = new Purse();
    final CapabilityBinding binding;
    final ToolRegistry tools;
    final ToolGuard honest;
    final List<CapabilityBinding> others = new ArrayList<>();

    Siege(Bank bank, Door door) {
        this.bank = bank;
        this.door = door;
        this.binding = bank.intent();
        this.tools = withHidden(door.declarations(purse));
        this.honest = bank.guard(binding, tools).build();
    }

    /** A tool that the guard knows and no door offers. */
    private static ToolRegistry withHidden(ToolRegistry offered) {
        List<ToolDeclaration> all = new ArrayList<>(offered.declarations());
        all.add(ToolDeclaration.builder("emptySafe")
                .operation("safe.empty")
                .spend(SpendRule.argument("amountCents"))
                .withoutEvidence()
                .build());
        return ToolRegistry.of(all);
    }

    /** An intent that the attack is not about, and that must not pay for it. */
    CapabilityBinding anotherIntent() {
        CapabilityBinding other = bank.intent();
        others.add(other);
        return other;
    }

    /** What the model read about each injected call. */
    List<String> run(Attack attack) {
        if (attack.situation().isAgentItself()) {
            List<String> read = door.converse(honest, purse, List.of(List.of(RIDE), attack.calls(), List.of(INVOICE)));
            return read.subList(1, read.size() - 1);
        }
        Door.STANDALONE.converse(honest, purse, List.of(List.of(RIDE)));
        List<String> read = door.converse(attack.situation().guard(this), purse, List.of(attack.calls()));
        door.converse(honest, purse, List.of(List.of(INVOICE)));
        return read;
    }
}
