package ai.paybond.kit.cli.chaos;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
    private final Path scratch;

    private AgentProcess(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<Process> unused = process.onExit().orTimeout(LONGEST_LIFE.toSeconds(), TimeUnit.SECONDS);
        unused.exceptionally(late -> process.destroyForcibly());
    }

    /** @param directory takes what the process says on standard error, and what it cannot tidy up once it is killed */
    static AgentProcess start(AgentOrder order, Path directory) throws IOException {
        Path scratch = Files.createDirectories(directory.resolve("tmp"));
        Process process = new ProcessBuilder(command(scratch))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("agents.log").toFile()))
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write((order.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new AgentProcess(process, scratch);
    }

    private static List<String> command(Path scratch) {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx128m",
                "-Djava.io.tmpdir=" + scratch,
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
        process.destroyForcibly().onExit().join();
        output.close();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(scratch)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }
}
