package ai.paybond.kit.langchain4j;

import ai.paybond.kit.langchain4j.strict.StrictGuards;

/** Under strict mode, with plain tools: what stays open never comes near LangChain4j's tool service. */
class StrictBypassTest extends BypassSuite {
    @Override
    Attack.Verdict tryOut(WayToATool way) {
        Purse purse = way.name().contains("COMPENSATION") ? new Purse.Compensating() : new Purse();
        try (Attack attack = new Attack(purse, true);
                StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(attack.guard))) {
            return way.tryIt(attack);
        }
    }

    @Override
    int column() {
        return 3;
    }
}
