package ai.paybond.kit.examples.langchain4j;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.examples.agents.ModelEndpoint;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.langchain4j.GuardedTools;
import ai.paybond.kit.langchain4j.HeldToolCalls;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An AI service wants a room that a person has to approve. The turn ends, and so may the process. A later one asks the person,
 * makes exactly that booking, puts its result into the conversation, and lets the model go on. The two share a directory: the
 * journal, and the chat memory.
 */
public final class PausedTurnExample {
    private static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder("book_hotel")
            .operation("travel.book_hotel")
            .spend(SpendRule.argument("amount_cents"))
            .approvalAboveCents(10_000)
            .evidence(EvidenceMapper.members("status", "cost_cents"))
            .build());

    private final PaybondOptions options;
    private final SandboxRun run;
    private final ModelEndpoint endpoint;
    private final Path directory;

    /** @param directory where journal and conversation are kept */
    public PausedTurnExample(PaybondOptions options, SandboxRun run, ModelEndpoint endpoint, Path directory) {
        this.options = options;
        this.run = run;
        this.endpoint = endpoint;
        this.directory = directory;
    }

    /** The tool, which knows nothing of guards. */
    static final class Hotel {
        @Tool(name = "book_hotel", value = "Books a room")
        Map<String, Object> book(@P(name = "hotel") String hotel, @P(name = "amount_cents") long cents) {
            return Map.of("status", "booked", "cost_cents", cents, "hotel", hotel);
        }
    }

    interface Assistant {
        String chat(String message);
    }

    /** One process: says something to the AI service. */
    public String say(String message) {
        try (CallJournal journal = journal();
                Paybond paybond = open(journal)) {
            return assistant(guard(paybond)).chat(message);
        }
    }

    /** A later process: gives the person's answers, and lets the model go on. */
    public String goOn(Approver person) throws Exception {
        try (CallJournal journal = journal();
                Paybond paybond = open(journal)) {
            ToolGuard guard = guard(paybond);
            ChatMemory memory = memory();
            HeldToolCalls held = HeldToolCalls.of(guard, tools(guard));
            for (ApprovalRequest waiting : held.in(memory)) {
                held.resume(waiting.callId(), person.decide(waiting), memory);
            }
            return assistant(guard).chat("The booking has been decided on. Go on.");
        }
    }

    /** The conversation as it is kept. */
    ChatMemory memory() {
        return MessageWindowChatMemory.builder()
                .maxMessages(50)
                .chatMemoryStore(new FileChatMemoryStore(directory.resolve("conversation.json")))
                .build();
    }

    private Assistant assistant(ToolGuard guard) {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(endpoint.baseUrl().toString())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .build();
        return AiServices.builder(Assistant.class)
                .chatModel(model)
                .chatMemory(memory())
                .tools(tools(guard))
                .build();
    }

    private static List<AiServiceTool> tools(ToolGuard guard) {
        return GuardedTools.of(guard, ToolService.findTools(new Hotel()));
    }

    private CallJournal journal() {
        return CallJournals.file(directory.resolve("journal.db"));
    }

    private Paybond open(CallJournal journal) {
        return Paybond.open(options.toBuilder().journal(journal).build());
    }

    private ToolGuard guard(Paybond paybond) {
        return paybond.guard(run, TOOLS).build();
    }
}
