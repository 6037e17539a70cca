package ai.paybond.kit.cli;

import ai.paybond.kit.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the sandbox until SIGTERM or the end of standard input. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        subcommands = {SandboxApproveCommand.class, SandboxLoadCommand.class},
        description = {
            "Serves an embedded Gateway and Harbor on loopback until SIGTERM or the end of standard input.",
            "The first line of standard output is a JSON object with the address and the test keys."
        })
final class SandboxCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", description = "Port on 127.0.0.1 (default: a free one).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps everything in this directory, over restarts (default: in memory only).")
    private @Nullable Path data;

    private InputStream untilEndOf = System.in;

    void serveUntilEndOf(InputStream input) {
        untilEndOf = input;
    }

    @Override
    public Integer call() throws IOException {
        Sandbox.Builder builder = Sandbox.builder().port(port);
        if (data != null) {
            builder.dataDirectory(data);
        }
        try (Sandbox sandbox = start(builder)) {
            Thread atTermination = new Thread(sandbox::close, "sandbox-close");
            Runtime.getRuntime().addShutdownHook(atTermination);
            announce(sandbox);
            untilEndOf.transferTo(java.io.OutputStream.nullOutputStream());
            Runtime.getRuntime().removeShutdownHook(atTermination);
        }
        return 0;
    }

    private Sandbox start(Sandbox.Builder builder) {
        try {
            return builder.start();
        } catch (RuntimeException e) {
            String where = "port " + port + (data == null ? "" : " with data in " + data);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("the sandbox cannot start on " + where + ": " + cause.getMessage(), e);
        }
    }

    private void announce(Sandbox sandbox) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(sandbox.descriptor().toJson());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println("sandbox: serving " + sandbox.baseUrl() + (data == null ? " in memory" : " from " + data));
        err.flush();
    }
}
