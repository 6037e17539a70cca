package ai.paybond.kit.examples.demo;

import ai.paybond.kit.SessionMode;
import ai.paybond.kit.examples.agents.AgentKind;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Three agents do the same errand: plain Java on direct Harbor, LangChain4j and Spring AI through the Gateway. Each has
 * an intent of 200 dollars of its own and meets what a guard is for: a call that is fine, one that its capability does
 * not grant, one that goes over the budget, one whose tool fails. Then somebody steals a capability.
 */
public final class Demo {
    private Demo() {}

    /**
     * Runs the demo, prints what happens to {@code out}, and the summary as one line of JSON at the end. With the
     * scripted model every outcome is known beforehand, and any other one fails the demo; with a model of the caller's,
     * bookings, evidence and ledger must still agree.
     *
     * @throws DemoFailedException when something went otherwise than it must
     */
    public static DemoSummary run(DemoOptions options, PrintStream out) {
        Transcript transcript = new Transcript(out);
        try (DemoWorld world = DemoWorld.start(options)) {
            introduce(world, transcript);
            List<AgentReport> reports = new ArrayList<>();
            reports.add(work(world, AgentKind.STANDALONE, SessionMode.DIRECT_HARBOR, transcript));
            reports.add(work(world, AgentKind.LANGCHAIN4J, SessionMode.GATEWAY, transcript));
            reports.add(work(world, AgentKind.SPRING_AI, SessionMode.GATEWAY, transcript));
            int thefts = new Theft(world, transcript).run();
            DemoSummary summary = new Audit(world, transcript).conclude(reports, thefts);
            transcript.lastLine(summary.toJson());
            return summary;
        }
    }

    private static void introduce(DemoWorld world, Transcript transcript) {
        transcript.heading("Paybond Kit for Java: three agents, one guard");
        transcript.line("sandbox", "Gateway and Harbor on " + world.sandbox().baseUrl());
        transcript.line("hotel", world.hotel().uri().toString());
        transcript.line("model", world.isScripted() ? "scripted, on this machine" : "as OPENAI_* says");
    }

    private static AgentReport work(DemoWorld world, AgentKind kind, SessionMode mode, Transcript transcript) {
        transcript.heading("Agent in " + kind.title());
        return new AgentRun(world, kind, mode, transcript).run();
    }
}
