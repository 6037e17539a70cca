package ai.paybond.kit.cli.chaos;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link DoomedAgent} seen from its parent, which ends it with SIGKILL. */
final class AgentProcess implements AutoCloseable {
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(2);

    private final Process process;
    private final BufferedReader output;

    private AgentProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<Process> unused = process.onExit().orTimeout(LONGEST_LIFE.toSeconds(), TimeUnit.SECONDS);
        unused.exceptionally(late -> process.destroyForcibly());
    }

    /** @param log takes what the process says on standard error */
    static AgentProcess start(AgentOrder order, Path log) throws IOException {
        Process process = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write((order.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new AgentProcess(process);
    }

    private static List<String> command() {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedAgent.class.getName());
    }

    /** Waits until the agent says something, such as READY or that it is at its end. */
    String nextLine() throws IOException {
        String line = output.readLine();
        return line == null ? "GONE" : line;
    }

    /** SIGKILL; returns once the process is gone. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // unlike Process.destroyForcibly, keeps what was said readable
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }
}
