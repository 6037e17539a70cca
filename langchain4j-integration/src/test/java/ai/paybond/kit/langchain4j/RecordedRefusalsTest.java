package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.Attack.pay;
import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Refusals for which no guard was asked are remembered all the same. */
class RecordedRefusalsTest {
    private final CallJournal journal = new InMemoryCallJournal();
    private final Purse purse = new Purse();
    private final FakeAuthority authority = new FakeAuthority(1_000);
    private final ToolGuard guard = Guards.of(authority, Purse.declared(), journal);

    private ToolExecutor executor(GuardResolver guards) {
        return GuardedTools.of(guards, Map.of(GuardedToolsTest.named("pay"), purse.payExecutor()))
                .get(0)
                .toolExecutor();
    }

    private List<String> denied() {
        return journal.inState(CallState.DENIED, 10).stream()
                .map(entry -> entry.facts().toolName() + " " + entry.reasonCode())
                .toList();
    }

    private static InvocationContext invocation() {
        return InvocationContext.builder().invocationId(UUID.randomUUID()).build();
    }

    @Test
    void journalsARequestForAnotherTool() {
        executor(GuardResolver.fixed(guard)).executeWithContext(request("c1", "look", "{}"), invocation());

        assertThat(denied()).containsExactly("pay tool.name_mismatch");
    }

    @Test
    void journalsACallWithoutAGuard() {
        ToolExecutor executor = executor(GuardResolver.perInvocation().recordingRefusalsIn(guard));

        String answer =
                executor.executeWithContext(pay("c1", 100), invocation()).resultText();

        assertThat(answer).contains("guard.missing");
        assertThat(denied()).containsExactly("pay guard.missing");
        assertThat(purse.paidCents()).isZero();
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void journalsACallWhoseGuardCouldNotBeFound() {
        GuardResolver failing = context -> {
            throw new IllegalStateException("the tenant store is down");
        };

        executor(failing.withCallIdsPerInvocation().recordingRefusalsIn(guard)).execute(pay("c1", 100), "memory");

        assertThat(denied()).containsExactly("pay guard.missing");
    }

    @Test
    void remembersARefusalUnderCallIdsOfTheInvocation() {
        ToolExecutor executor = executor(
                GuardResolver.perInvocation().recordingRefusalsIn(guard).withCallIdsPerInvocation());

        executor.executeWithContext(pay("c1", 100), invocation());

        assertThat(denied()).hasSize(1);
    }

    @Test
    void doesNotLetTheRecorderPermitAnything() {
        ToolExecutor executor = executor(GuardResolver.perInvocation().recordingRefusalsIn(guard));

        executor.executeWithContext(pay("c1", 1), invocation());

        assertThat(purse.paidCents()).isZero();
        assertThat(guard.tools().find("pay")).isPresent();
    }
}
