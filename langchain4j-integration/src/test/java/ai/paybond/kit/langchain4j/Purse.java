package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import dev.langchain4j.agent.tool.CompensateFor;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Plain tools that pay, as an application has them that never heard of a guard; it counts every cent that really left. */
class Purse {
    private final AtomicLong paid = new AtomicLong();

    @Tool("Pays")
    String pay(@P(name = "cents") long cents) {
        paid.addAndGet(cents);
        return "paid";
    }

    @Tool(value = "Pays and ends the turn", returnBehavior = ReturnBehavior.IMMEDIATE)
    String tip(@P(name = "cents") long cents) {
        return pay(cents);
    }

    @Tool("Pays, and then breaks for good")
    String payAndCrash(@P(name = "cents") long cents) {
        pay(cents);
        throw new StackOverflowError("after paying");
    }

    @Tool("Breaks")
    String fail() {
        throw new IllegalStateException("broken");
    }

    @Tool("Finds")
    String look() {
        return "found";
    }

    /** A purse from which LangChain4j pays again, as a compensation, when a later tool fails. */
    static final class Compensating extends Purse {
        @CompensateFor("pay")
        void takeBack(long cents) {
            pay(7);
        }
    }

    long paidCents() {
        return paid.get();
    }

    ToolExecutor payExecutor() {
        return ToolService.findTools(this).stream()
                .filter(tool -> tool.name().equals("pay"))
                .map(AiServiceTool::toolExecutor)
                .findFirst()
                .orElseThrow();
    }

    static ToolRegistry declared() {
        return ToolRegistry.of(List.of(
                spending("pay"),
                spending("tip"),
                spending("payAndCrash"),
                spending("bank/pay"),
                readOnly("fail"),
                readOnly("look"),
                readOnly("find_tools"),
                readOnly("activate_skill")));
    }

    private static ToolDeclaration spending(String tool) {
        return ToolDeclaration.builder(tool)
                .operation("purse." + tool)
                .spend(SpendRule.argument("cents"))
                .withoutEvidence()
                .build();
    }

    private static ToolDeclaration readOnly(String tool) {
        return ToolDeclaration.builder(tool).readOnly().build();
    }
}
