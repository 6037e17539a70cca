package ai.paybond.kit.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code paybond} command. Exit status: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "paybond",
        description = "Guards the tool calls of Java agents: demo, sandbox and verification tools.",
        mixinStandardHelpOptions = true,
        versionProvider = KitVersion.class,
        subcommands = {
            DemoCommand.class,
            ChaosCommand.class,
            JournalCommand.class,
            SandboxCommand.class,
            LoginCommand.class,
            ConformanceCommand.class,
            ReceiptCommand.class,
            CapabilityCommand.class,
            PolicyCommand.class,
            HelpCommand.class
        })
public final class PaybondCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Runs the command with these arguments and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PaybondCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(PaybondCommand::report);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    // A person at a terminal needs the reason, not the stack; PAYBOND_LOG_LEVEL=DEBUG shows the rest.
    private static int report(Exception failure, CommandLine commandLine, CommandLine.ParseResult result) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        commandLine.getErr().println("paybond: " + reason);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
