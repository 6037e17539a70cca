package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import dev.langchain4j.agent.tool.CompensateFor;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolService;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plain tools, as an application has them that never heard of a guard; they remember what they really did. */
class Wallet {
    final List<String> done = new CopyOnWriteArrayList<>();

    @Tool("Pays")
    String pay(@P(name = "cents") long cents) {
        done.add("pay " + cents);
        return "paid";
    }

    @Tool(value = "Pays and ends the turn", returnBehavior = ReturnBehavior.IMMEDIATE)
    String tip(@P(name = "cents") long cents) {
        done.add("tip " + cents);
        return "tipped";
    }

    @Tool("Is declared nowhere")
    String burn() {
        done.add("burn");
        return "gone";
    }

    @Tool("Breaks")
    String fail() {
        done.add("fail");
        throw new IllegalStateException("broken");
    }

    /** A wallet whose payments LangChain4j would take back when a later tool fails. */
    static class Compensated extends Wallet {
        @CompensateFor("pay")
        void takeBack(long cents) {
            done.add("take back " + cents);
        }
    }

    List<AiServiceTool> payOnly() {
        return ToolService.findTools(this).stream()
                .filter(tool -> tool.name().equals("pay"))
                .toList();
    }

    static ToolRegistry declared() {
        return ToolRegistry.of(
                spending("pay").build(),
                spending("tip").build(),
                ToolDeclaration.builder("look").readOnly().build(),
                ToolDeclaration.builder("find_tools").readOnly().build(),
                ToolDeclaration.builder("fail").readOnly().build());
    }

    private static ToolDeclaration.Builder spending(String tool) {
        return ToolDeclaration.builder(tool)
                .operation("wallet." + tool)
                .spend(SpendRule.argument("cents"))
                .withoutEvidence();
    }

    static ToolExecutionRequest pay(String id, long cents) {
        return ScriptedModel.request(id, "pay", "{\"cents\":" + cents + "}");
    }
}
