package ai.paybond.kit.internal.jdbc;

import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.ClaimResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another virtual machine that uses a journal, says what came of it, and then waits until it is killed. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Path scratch;

    private OtherProcess(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * @param deed {@code claim} or {@code execute} with a call id, or {@code rival} with a number of calls to claim
     */
    static OtherProcess start(Path journal, String deed, String argument) throws IOException {
        return start(OtherProcess.class, List.of(journal.toString(), deed, argument));
    }

    /** @param order the first line that it reads; see {@link #goOn} for the others */
    static OtherProcess start(Class<?> main, String order) throws IOException {
        OtherProcess started = start(main, List.of());
        started.write(order);
        return started;
    }

    private static OtherProcess start(Class<?> main, List<String> arguments) throws IOException {
        Path scratch = Files.createTempDirectory("other-process"); // what it cannot tidy up once it is killed
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new OtherProcess(process, scratch);
    }

    void goOn() throws IOException {
        write("");
    }

    private void write(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    public static void main(String[] arguments) throws IOException {
        try (CallJournal journal = CallJournals.file(Path.of(arguments[0]))) {
            System.out.println("result:" + perform(journal, arguments[1], arguments[2]));
            System.in.read();
        }
    }

    private static String perform(CallJournal journal, String deed, String argument) {
        if (deed.equals("rival")) {
            int won = 0;
            for (int i = 0; i < Integer.parseInt(argument); i++) {
                won += journal.claim(started("c" + i)) instanceof ClaimResult.Owned ? 1 : 0;
            }
            return Integer.toString(won);
        }
        journal.claim(started(argument));
        if (deed.equals("execute")) {
            journal.record(executed(argument));
        }
        return "done";
    }

    /** What it says next; loggers may write in between. */
    String nextLine() throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith("result:")) {
            line = output.readLine();
        }
        assertThat(line).as("what the process says").isNotNull();
        return line.substring("result:".length());
    }

    void awaitLine(String expected) throws IOException {
        assertThat(nextLine()).isEqualTo(expected);
    }

    /** As {@code kill -9}: nothing of it runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        kill();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(scratch)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        Files.delete(scratch);
    }
}
