package ai.paybond.kit.examples.approval;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.approval.ConsoleApprover;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An agent books a room that a person has to approve. Its process ends; another one asks the person and goes on with
 * exactly the stored arguments. Both halves share nothing but the journal's file.
 */
public final class HeldCallExample {
    private static final String OPERATION = "travel.book_hotel";
    private static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder("bookHotel")
            .operation(OPERATION)
            .spend(SpendRule.argument("amount_cents"))
            .approvalAboveCents(10_000)
            .evidence(EvidenceMapper.members("status", "cost_cents"))
            .build());

    private final PaybondOptions options;
    private final SandboxRun run;
    private final Path journalFile;
    private final PrintWriter out;

    HeldCallExample(PaybondOptions options, SandboxRun run, Path journalFile, PrintWriter out) {
        this.options = options;
        this.run = run;
        this.journalFile = journalFile;
        this.out = out;
    }

    /** Plays both processes against a sandbox, with the person at this terminal. */
    public static void main(String[] arguments) throws Exception {
        Console terminal = System.console();
        if (terminal == null) {
            throw new IllegalStateException("this example asks a person at a terminal");
        }
        try (Sandbox sandbox = Sandbox.start()) {
            PaybondOptions options = options(sandbox);
            Path journal = Files.createTempDirectory("paybond-held").resolve("journal.db");
            HeldCallExample example = new HeldCallExample(options, newRun(options), journal, terminal.writer());
            example.firstProcess();
            example.nextProcess(new ConsoleApprover(terminal.reader(), terminal.writer()));
        }
    }

    static PaybondOptions options(Sandbox sandbox) {
        return PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .build();
    }

    static SandboxRun newRun(PaybondOptions options) {
        try (Paybond paybond = Paybond.open(options)) {
            return paybond.guardrails().bootstrap(BootstrapRequest.of(OPERATION, 20_000));
        }
    }

    /** The agent's: the call is held, and the process has nothing more to do. */
    ToolOutcome<Map<String, Object>> firstProcess() {
        try (CallJournal journal = CallJournals.file(journalFile);
                Paybond paybond =
                        Paybond.open(options.toBuilder().journal(journal).build())) {
            JsonObject arguments = JsonObject.of(Map.of("hotel", "Lutetia", "amount_cents", 18_700));
            ToolOutcome<Map<String, Object>> outcome = paybond.guard(run, TOOLS)
                    .build()
                    .call(ToolCall.of("bookHotel", "call-7", arguments), HeldCallExample::book);
            out.println("The agent's process ends. Its call: " + told(outcome));
            out.flush();
            return outcome;
        }
    }

    /** Whoever's: shows the person what waits, and goes on with the answers. */
    void nextProcess(Approver person) throws Exception {
        try (CallJournal journal = CallJournals.file(journalFile);
                Paybond paybond =
                        Paybond.open(options.toBuilder().journal(journal).build())) {
            ToolGuard guard = paybond.guard(run, TOOLS).build();
            for (ApprovalRequest waiting : guard.held()) {
                ToolOutcome<Map<String, Object>> outcome =
                        guard.resume(waiting.callId(), person.decide(waiting), HeldCallExample::book);
                out.println(waiting.callId() + ": " + told(outcome));
            }
            out.flush();
        }
    }

    private static Map<String, Object> book(ToolCall permitted) {
        long cents = permitted.arguments().integer("amount_cents").orElseThrow();
        return Map.of("status", "booked", "cost_cents", cents);
    }

    private static String told(ToolOutcome<?> outcome) {
        if (outcome instanceof ToolOutcome.Executed<?> executed) {
            return "booked, evidence " + executed.receipt().evidence();
        }
        if (outcome instanceof ToolOutcome.Refused<?> refused) {
            return "not made, " + refused.decision().reason().message();
        }
        return outcome instanceof ToolOutcome.Held<?> ? "held" : "failed";
    }
}
