package ai.paybond.kit.cli;

import ai.paybond.kit.harbor.DeviceLogin;
import ai.paybond.kit.harbor.DeviceLogin.DeviceCode;
import ai.paybond.kit.harbor.DeviceLogin.DeviceGrant;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gets a sandbox key by having a person agree on a page, and keeps it in a file. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = {
            "Gets a sandbox key of an operator: prints an address and a code, and waits until a person has agreed there.",
            "The key is written to a new file that only you can read, and never shown. There are no live keys here."
        })
final class LoginCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            defaultValue = "https://api.paybond.ai",
            description = "The Gateway (default: ${DEFAULT-VALUE}); a sandbox of your own is one too.")
    private @Nullable URI gateway;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            defaultValue = ".env.local",
            description = "Where the key goes (default: ${DEFAULT-VALUE}). It must not exist yet.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        URI from = Objects.requireNonNull(gateway);
        // The place for the key comes first: a key that cannot be kept would be lost.
        try (KeyFile kept = KeyFile.reserve(Objects.requireNonNull(file));
                DeviceLogin login = DeviceLogin.at(from)) {
            DeviceCode code = login.start();
            String complete = code.verificationUriComplete();
            err.println("Open  " + (complete == null ? code.verificationUri() : complete));
            err.println("Code  " + code.userCode());
            err.println("Waiting " + code.expiresIn().toMinutes() + " minutes for somebody to agree there ...");
            err.flush();
            DeviceGrant grant = login.await(code);
            kept.write(grant.apiKey(), from);
            PrintWriter out = spec.commandLine().getOut();
            out.println("A sandbox key of " + grant.tenantId() + " is in " + kept.path());
            out.flush();
            return 0;
        }
    }
}
