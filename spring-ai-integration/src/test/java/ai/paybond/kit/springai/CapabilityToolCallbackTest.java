package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

class CapabilityToolCallbackTest {

    private final RecordingAuthority authority = new RecordingAuthority();
    private final GuardResolver guards = GuardResolver.fixed(TestGuards.guard(new HotelTools(), authority));
    private final ContextTool tool = new ContextTool();

    @Test
    void keepsDefinitionAndMetadata() {
        EchoTool echo = new EchoTool("list", "{\"type\":\"object\"}", true);

        ToolCallback guarded = CapabilityToolCallback.guard(echo, guards);

        assertThat(guarded.getToolDefinition()).isEqualTo(echo.getToolDefinition());
        assertThat(guarded.getToolMetadata().returnDirect()).isTrue();
    }

    @Test
    void guardsBothWaysOfCalling() {
        ToolCallback guarded = CapabilityToolCallback.guard(tool, guards);

        assertThat(guarded.call("{}")).isEqualTo("without context");
        assertThat(guarded.call("{}", new ToolContext(Map.of()))).isEqualTo("with context");
        assertThat(authority.requests()).hasSize(2);
    }

    @Test
    void deniesBothWaysOfCallingWithoutAGuard() {
        ToolCallback guarded = CapabilityToolCallback.guard(tool, ConversationGuards.create());

        assertThat(guarded.call("{}")).contains("guard.missing");
        assertThat(guarded.call("{}", new ToolContext(Map.of()))).contains("guard.missing");
        assertThat(guarded.call("{}", null)).contains("guard.missing");
        assertThat(tool.context).isNull();
    }

    @Test
    void deniesWhenTheResolverThrows() {
        ToolCallback guarded = CapabilityToolCallback.guard(tool, context -> {
            throw new IllegalStateException("no directory");
        });

        assertThat(guarded.call("{}")).contains("guard.missing").doesNotContain("no directory");
    }

    @Test
    void givesCallsOutsideATurnIdsOfTheirOwn() {
        ToolCallback guarded = CapabilityToolCallback.guard(tool, guards);

        guarded.call("{}");
        guarded.call("{}");

        assertThat(authority.callIds()).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void takesTheHandleOutOfTheToolsContextAndPutsTheCallIdIn() {
        Map<String, Object> values = new HashMap<>();
        values.put("user", "ann");
        values.put(ConversationGuards.CONTEXT_KEY, "a-handle");
        values.put(CapabilityToolCallback.CALL_ID, "forged");

        CapabilityToolCallback.guard(tool, guards).call("{}", new ToolContext(values));

        assertThat(tool.context)
                .containsEntry("user", "ann")
                .containsEntry(
                        CapabilityToolCallback.CALL_ID, authority.callIds().get(0))
                .doesNotContainKey(ConversationGuards.CONTEXT_KEY);
    }

    @Test
    void answersAnEmptyTextForAToolThatReturnsNone() {
        ToolCallback silent = new ContextTool() {
            @Override
            @SuppressWarnings("NullAway")
            public String call(String toolInput) {
                return null;
            }
        };

        assertThat(CapabilityToolCallback.guard(silent, guards).call("{}")).isEmpty();
    }

    @Test
    void doesNotGuardTwice() {
        CapabilityToolCallback guarded = CapabilityToolCallback.guard(tool, guards);

        assertThat(CapabilityToolCallback.guard(guarded, GuardResolver.fixed(TestGuards.guard(tool, authority))))
                .isSameAs(guarded);
    }

    /** Keeps the context that it was called with. */
    private static class ContextTool implements ToolCallback {
        private @Nullable Map<String, Object> context;

        @Override
        public ToolDefinition getToolDefinition() {
            return ToolDefinition.builder()
                    .name("list")
                    .description("list")
                    .inputSchema("{}")
                    .build();
        }

        @Override
        public String call(String toolInput) {
            return "without context";
        }

        @Override
        public String call(String toolInput, @Nullable ToolContext toolContext) {
            context = toolContext == null ? null : toolContext.getContext();
            return "with context";
        }
    }
}
