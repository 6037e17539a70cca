package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs what the README shows, and sees to it that the README shows nothing else. */
class ReadmeTest {
    private static final Path MODULE = Path.of(System.getProperty("paybond.root"), "langchain4j-integration");
    private static final Pattern SHOWN = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern KEPT =
            Pattern.compile("^( *)// readme\\n(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);

    @RegisterExtension
    final SandboxExtension extension = new SandboxExtension();

    private Map<String, String> environment = Map.of();

    @BeforeEach
    void describeSandbox() {
        Sandbox sandbox = extension.sandbox();
        environment = Map.of(
                "PAYBOND_API_KEY", sandbox.tenant().apiKey(),
                "PAYBOND_GATEWAY_URL", sandbox.baseUrl().toString(),
                "PAYBOND_CAPABILITY_ROOT_KEY",
                        sandbox.capabilityRootKeyId() + ":"
                                + sandbox.capabilityRootKey().hex());
    }

    // readme
    static class HotelTools {
        record Booking(String status, long costCents) {}

        @Tool("Books a hotel room")
        @CapabilityGuarded(
                operation = "travel.book_hotel",
                spendFrom = "priceCents",
                evidence = {"status", "costCents"})
        Booking bookHotel(@P(name = "city") String city, @P(name = "priceCents") long priceCents) {
            return new Booking("confirmed", priceCents);
        }

        @Tool("Looks for hotels")
        @CapabilityGuarded(readOnly = true)
        String searchHotels(@P(name = "city") String city) {
            return "Hotel Lutetia, 9900 cents a night";
        }
    }

    interface Assistant {
        String chat(String message);
    }
    // end

    private static String book(ChatModel model, Map<String, String> environment) {
        // readme
        HotelTools tools = new HotelTools();
        try (Paybond paybond = Paybond.open(PaybondOptions.fromEnvironment(environment))) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            ToolRegistry declared = GuardedTools.declarations(tools);
            ToolGuard guard = paybond.guard(run, declared).build();
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(model)
                    .tools(GuardedTools.of(guard, tools))
                    .build();
            return assistant.chat("Book me a room in Paris");
        }
        // end
    }

    @Test
    void booksARoom() {
        ScriptedModel model =
                ScriptedModel.calling(request("c1", "bookHotel", "{\"city\":\"Paris\",\"priceCents\":9900}"));

        assertThat(book(model.model(), environment)).isEqualTo(ScriptedModel.LAST_WORD);

        assertThat(model.result().isError()).isFalse();
        ToolExecutionResultMessage message = model.result();
        // readme
        String audit = (String) message.attributes().get(ReceiptAttributes.AUDIT_ID);
        // end
        assertThat(audit).isNotBlank();
    }

    @Test
    void showsTheDenialThatAModelReads() throws IOException {
        ScriptedModel model =
                ScriptedModel.calling(request("c1", "bookHotel", "{\"city\":\"Paris\",\"priceCents\":90000}"));

        book(model.model(), environment);

        String shown = JsonObject.parse(model.result().text()).toJson();
        assertThat(readme()).contains(shown);
    }

    @Test
    void guardsToolsThatAreNotAnnotated() {
        ToolSpecification specification =
                ToolSpecification.builder().name("pay_invoice").build();
        ToolExecutor executor = (asked, memoryId) -> "{\"status\":\"paid\"}";
        ToolProvider provider = asked -> new ToolProviderResult(Map.of());
        try (Paybond paybond = Paybond.open(PaybondOptions.fromEnvironment(environment))) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("invoice.pay", 20_000));
            // readme
            ToolRegistry declared = ToolRegistry.of(
                    ToolDeclaration.builder("convert_currency").readOnly().build(),
                    ToolDeclaration.builder("pay_invoice")
                            .operation("invoice.pay")
                            .spend(SpendRule.argument("amount_cents"))
                            .evidence(EvidenceMapper.members("status"))
                            .build());
            ToolGuard guard = paybond.guard(run, declared).build();

            List<AiServiceTool> fromMap = GuardedTools.of(guard, Map.of(specification, executor));
            ToolProvider fromProvider = GuardedTools.guard(guard, provider);
            // end
            assertThat(fromProvider.isDynamic()).isFalse();
            assertThat(fromMap.get(0)
                            .toolExecutor()
                            .execute(request("c1", "pay_invoice", "{\"amount_cents\":5}"), null))
                    .isEqualTo("{\"status\":\"paid\"}");
        }
    }

    // readme
    interface SharedAssistant {
        String chat(@UserMessage String message, InvocationParameters parameters);
    }
    // end

    @Test
    void servesManyIntentsWithOneService() {
        HotelTools tools = new HotelTools();
        ScriptedModel script =
                ScriptedModel.calling(request("c1", "bookHotel", "{\"city\":\"Paris\",\"priceCents\":9900}"));
        ChatModel model = script.model();
        try (Paybond paybond = Paybond.open(PaybondOptions.fromEnvironment(environment))) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            ToolGuard guard =
                    paybond.guard(run, GuardedTools.declarations(tools)).build();
            // readme
            SharedAssistant assistant = AiServices.builder(SharedAssistant.class)
                    .chatModel(model)
                    .tools(GuardedTools.of(GuardResolver.perInvocation(), tools))
                    .build();
            assistant.chat("Book me a room", InvocationGuard.of(guard).parameters());
            // end
        }
        assertThat(script.results())
                .extracting(ToolExecutionResultMessage::isError)
                .containsExactly(false);
    }

    @Test
    void goesOnWithAnApprovedCall() {
        Purse purse = new Purse();
        FakeAuthority authority = new FakeAuthority(1_000).needingApproval();
        ToolGuard guard = Guards.of(authority, Purse.declared());
        List<AiServiceTool> tools = GuardedTools.of(guard, Map.of(GuardedToolsTest.named("pay"), purse.payExecutor()));
        ChatMemory memory = MessageWindowChatMemory.withMaxMessages(20);
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(ScriptedModel.calling(Attack.pay("c1", 100)).model())
                .chatMemory(memory)
                .tools(tools)
                .build();
        assistant.chat("Pay");
        authority.approving();
        // readme
        HeldToolCalls held = HeldToolCalls.of(guard, tools);
        for (ApprovalRequest waiting : held.in(memory)) {
            held.resume(waiting.callId(), ApprovalAnswer.approved(), memory);
        }
        assistant.chat("The payment was approved. Go on.");
        // end
        assertThat(purse.paidCents()).isEqualTo(100);
    }

    @Test
    void tellsAListenerWhatBecameOfACall() {
        List<String> log = new ArrayList<>();
        reported(log).chat("Pay");

        assertThat(log).hasSize(2);
        assertThat(log.get(1)).contains("budget_exceeded");
    }

    private static Assistant reported(List<String> lines) {
        ToolGuard guard = Guards.of(new FakeAuthority(1_000), Purse.declared());
        ListLog log = new ListLog(lines);
        AiServices<Assistant> builder = AiServices.builder(Assistant.class)
                .chatModel(Attack.payingModel().model())
                .tools(GuardedTools.of(guard, Map.of(GuardedToolsTest.named("pay"), new Purse().payExecutor())));
        // readme
        builder.registerListener(GuardedCallListener.of(event -> log.info("{}", event)));
        // end
        return builder.build();
    }

    private record ListLog(List<String> lines) {
        void info(String format, Object argument) {
            lines.add(format.replace("{}", argument.toString()));
        }
    }

    @Test
    void guardsAnMcpClient() {
        Purse purse = new Purse();
        ToolGuard guard = Guards.of(new FakeAuthority(1_000), Purse.declared());
        McpClient mcpClient = FakeMcpServer.client("bank", purse.payExecutor());
        // readme
        GuardedMcpClient bank = GuardedMcpClient.of(guard, mcpClient);
        ToolProvider tools = bank.tools();
        // end
        AiServices.builder(Assistant.class)
                .chatModel(Attack.payingModel().model())
                .toolProvider(tools)
                .build()
                .chat("Pay");
        assertThat(purse.paidCents()).isEqualTo(100);
    }

    private static String readme() throws IOException {
        return Files.readString(MODULE.resolve("README.md"));
    }

    @Test
    void showsOnlyCodeThatRunsHere() throws IOException {
        String source = Files.readString(MODULE.resolve("src/test/java")
                .resolve(ReadmeTest.class.getName().replace('.', '/') + ".java"));
        List<String> kept = new ArrayList<>();
        for (MatchResult region : KEPT.matcher(source).results().toList()) {
            kept.add(region.group(2).replaceAll("(?m)^" + region.group(1), "").replaceAll("(?m)^static ", ""));
        }

        assertThat(SHOWN.matcher(readme()).results().map(block -> block.group(1)))
                .isNotEmpty()
                .containsExactlyElementsOf(kept);
    }
}
