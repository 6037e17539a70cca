package ai.paybond.kit.springai;

import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.definition.ToolDefinition;

/** A tool that pays and is no method. */
public final class PayTool implements ToolCallback {

    private final AtomicLong paid;

    PayTool(AtomicLong paid) {
        this.paid = paid;
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return ToolDefinition.builder()
                .name("pay")
                .description("pays")
                .inputSchema("{\"type\":\"object\"}")
                .build();
    }

    @Override
    public String call(String toolInput) {
        paid.addAndGet(JsonObject.parse(toolInput).integer("cents").orElseThrow());
        return "paid";
    }

    /** An application's own wrapping, for logs or retries. */
    record Decorator(ToolCallback tool) implements ToolCallback {
        @Override
        public ToolDefinition getToolDefinition() {
            return tool.getToolDefinition();
        }

        @Override
        public String call(String toolInput) {
            return tool.call(toolInput);
        }

        @Override
        public String call(String toolInput, @Nullable ToolContext toolContext) {
            return tool.call(toolInput, toolContext);
        }
    }

    interface Shopping {
        String pay(long cents);
    }

    /** Tools behind an interface. */
    static final class Shop implements Shopping {
        private final AtomicLong paid;

        Shop(AtomicLong paid) {
            this.paid = paid;
        }

        @Tool
        @Override
        public String pay(long cents) {
            paid.addAndGet(cents);
            return "paid";
        }
    }

    /** What an MCP server offers without a word about capabilities. */
    public static class Offers {
        private final AtomicLong paid;

        Offers(AtomicLong paid) {
            this.paid = paid;
        }

        @McpTool
        public String offer(long cents) {
            paid.addAndGet(cents);
            return "paid";
        }
    }

    /** What an MCP server offers to those who may. */
    public static class GuardedOffers {
        private final AtomicLong paid;

        GuardedOffers(AtomicLong paid) {
            this.paid = paid;
        }

        @McpTool
        @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true)
        public String offer(long cents) {
            paid.addAndGet(cents);
            return "paid";
        }
    }
}
