package ai.paybond.kit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingJournalTest {
    /** Closing is the owner's; a claim without budgets goes through the one with budgets. */
    private static final List<String> NOT_HANDED_ON = List.of("close", "claim(1)");

    @Test
    void handsOnEverythingThatThePortHas() {
        List<String> missing = Arrays.stream(CallJournal.class.getMethods())
                .filter(method -> Arrays.stream(ForwardingJournal.class.getDeclaredMethods())
                        .noneMatch(own -> isSame(own, method)))
                .map(method -> method.getName().equals("claim") ? "claim(1)" : method.getName())
                .toList();

        assertThat(missing).containsExactlyInAnyOrderElementsOf(NOT_HANDED_ON);
    }

    private static boolean isSame(Method own, Method method) {
        return own.getName().equals(method.getName())
                && Arrays.equals(own.getParameterTypes(), method.getParameterTypes());
    }
}
