package ai.paybond.kit.examples.paegents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.examples.paegents.UnitAgent.Framework;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.rail.PaegentsRail;
import ai.paybond.kit.sandbox.paegents.PaegentsFault;
import ai.paybond.kit.sandbox.paegents.PaegentsSandbox;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that die by SIGKILL between a guarded call and the record of its use. Each unit counts once. */
class KilledBeforeUsageIsRecordedTest {
    private static final String CALL = "call-1";

    private final PassingTime time = new PassingTime();
    private final PaegentsMarket market = PaegentsMarket.open(time, time::advance);
    private final PaegentsSandbox sandbox = market.sandbox();
    private final AtomicReference<Process> doomed = new AtomicReference<>();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        market.close();
    }

    @ParameterizedTest
    @EnumSource
    void recordsAfterwardsWhatNeverArrived(Framework framework) throws Exception {
        try (TextSeller seller = TextSeller.start()) {
            Agreement agreement = agreement(seller);
            sandbox.failNext("POST /record-usage", PaegentsFault.connectionReset());
            sandbox.watch(request -> {
                if (request.path().endsWith("/record-usage")) {
                    kill();
                }
            });

            runUntilKilled(framework, agreement, seller);

            assertThat(sandbox.unitsUsed(agreement.id())).isZero();
            assertRecordedOnce(agreement, seller, framework);
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotCountAgainWhatArrivedBeforeTheProcessDied(Framework framework) throws Exception {
        try (TextSeller seller = TextSeller.start()) {
            Agreement agreement = agreement(seller);
            sandbox.alterReplies("POST /record-usage", counted -> {
                kill();
                return counted;
            });

            runUntilKilled(framework, agreement, seller);

            assertThat(sandbox.unitsUsed(agreement.id())).isEqualTo(1);
            assertRecordedOnce(agreement, seller, framework);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheUnitAsideWhenTheProcessDiedInsideTheTool(Framework framework) throws Exception {
        try (TextSeller seller = TextSeller.start(this::kill)) {
            Agreement agreement = agreement(seller);

            runUntilKilled(framework, agreement, seller);

            assertThat(sandbox.unitsUsed(agreement.id())).isZero();
            try (CallJournal journal = journal()) {
                assertThat(journal.inState(CallState.STARTED, 10)).hasSize(1);
                ToolGuard guard = agent(agreement, journal, seller).guard(CALL);
                guard.settleExecuted(CALL, JsonObject.builder().build());
                assertThat(guard.retryPending().isComplete()).isTrue();
            }
            assertThat(sandbox.unitsUsed(agreement.id())).isEqualTo(1);
            assertThat(seller.served()).isEqualTo(1);
        }
    }

    private Agreement agreement(TextSeller seller) {
        return market.activeAgreement(market.offer("Translation", seller.url(), true), 5);
    }

    /** SIGKILL, once; returns when the process is gone. */
    private void kill() {
        Process process = doomed.getAndSet(null);
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    private void runUntilKilled(Framework framework, Agreement agreement, TextSeller seller) throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedTranslator.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("doomed.log").toFile())
                .start();
        doomed.set(process);
        order(process, framework, agreement, seller);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("killed by SIGKILL").isEqualTo(137);
    }

    private void order(Process process, Framework framework, Agreement agreement, TextSeller seller)
            throws IOException {
        JsonObject order = JsonObject.builder()
                .put("agent", sandbox.buyer().id())
                .put("key", sandbox.buyer().apiKey())
                .put("url", sandbox.baseUrl().toString())
                .put("journal", file().toString())
                .put("agreement", agreement.id())
                .put("seller", seller.url().toString())
                .put("framework", framework.name())
                .put("call", CALL)
                .build();
        try (OutputStream in = process.getOutputStream()) {
            in.write(order.toJson().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path file() {
        return directory.resolve("calls.db");
    }

    private CallJournal journal() {
        return CallJournals.file(file());
    }

    private UnitAgent agent(Agreement agreement, CallJournal journal, TextSeller seller) {
        PaegentsRail rail = PaegentsRail.builder(market.buyer(), agreement.id())
                .journal(journal)
                .clock(time)
                .build();
        return new UnitAgent(rail, new Translator(seller.url()));
    }

    /** By the next process, which neither runs the tool again nor counts twice. */
    private void assertRecordedOnce(Agreement agreement, TextSeller seller, Framework framework) {
        try (CallJournal journal = journal()) {
            UnitAgent agent = agent(agreement, journal, seller);
            assertThat(agent.guard(CALL).retryPending().isComplete()).isTrue();
            agent.guard(CALL).retryPending();
            agent.call(framework, CALL, "hello");
            assertThat(journal.inState(CallState.DELIVERED, 10)).hasSize(1);
        }
        assertThat(sandbox.unitsUsed(agreement.id())).isEqualTo(1);
        assertThat(seller.served()).isEqualTo(1);
    }
}
