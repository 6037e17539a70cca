package ai.paybond.kit.cli;

import ai.paybond.kit.examples.demo.Demo;
import ai.paybond.kit.examples.demo.DemoOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs three agents against an embedded sandbox and prints what happened. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a LangChain4j, a Spring AI and a standalone agent through the guard, against an embedded sandbox.",
            "The last line of standard output is a JSON summary.",
            "With OPENAI_API_KEY or OPENAI_BASE_URL set the agents talk to that model, else to a scripted local one."
        })
final class DemoCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Demo.run(DemoOptions.fromEnvironment(Clock.systemUTC(), System.getenv()), out);
        return 0;
    }
}
