package ai.paybond.kit.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/** One run of the command, in process. */
record Run(int status, String out, String err) {

    static Run of(String... arguments) {
        return withInput(InputStream.nullInputStream(), arguments);
    }

    static Run withInput(InputStream input, String... arguments) {
        return run(input, Map.of(), arguments);
    }

    static Run withEnvironment(Map<String, String> environment, String... arguments) {
        return run(InputStream.nullInputStream(), environment, arguments);
    }

    private static Run run(InputStream input, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = PaybondCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        SandboxCommand sandbox = command.getSubcommands().get("sandbox").getCommand();
        sandbox.serveUntilEndOf(input);
        JournalCommand journal = command.getSubcommands().get("journal").getCommand();
        journal.environment(environment);
        int status = command.execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
