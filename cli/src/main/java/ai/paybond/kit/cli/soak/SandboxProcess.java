package ai.paybond.kit.cli.soak;

import ai.paybond.kit.cli.PaybondCommand;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A sandbox in a process of its own, so that what it keeps is not counted as the kit's. */
final class SandboxProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final JsonObject descriptor;

    private SandboxProcess(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the sandbox does not start");
        }
        this.descriptor = JsonObject.parse(line);
    }

    /** @param directory takes its data and what it says on standard error */
    static SandboxProcess start(Path directory) throws IOException {
        return new SandboxProcess(new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PaybondCommand.class.getName(),
                        "sandbox",
                        "--data",
                        directory.resolve("sandbox").toString()))
                .redirectError(directory.resolve("sandbox.log").toFile())
                .start());
    }

    JsonObject descriptor() {
        return descriptor;
    }

    /** It ends when its standard input does. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        output.close();
        process.destroy();
        process.onExit().join();
    }
}
