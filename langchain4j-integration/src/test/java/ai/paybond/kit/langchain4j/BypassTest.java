package ai.paybond.kit.langchain4j;

/** Without strict mode: guarded is what went through a decorator, and nothing else. */
class BypassTest extends BypassSuite {
    @Override
    Attack.Verdict tryOut(WayToATool way) {
        return way.tryIt(false);
    }

    @Override
    int column() {
        return 2;
    }
}
