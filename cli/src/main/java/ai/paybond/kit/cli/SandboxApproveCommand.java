package ai.paybond.kit.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a person does on the Gateway's page, for a sandbox of one's own. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Lets a device in that waits with this code (see login), as an operator of a running sandbox.")
final class SandboxApproveCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "CODE", description = "The code that the device shows.")
    private @Nullable String code;

    @Option(names = "--gateway", paramLabel = "URL", required = true, description = "The sandbox's address.")
    private @Nullable URI gateway;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:PAYBOND_API_KEY}",
            description = "A sandbox operator's key, from the sandbox's first line (default: $$PAYBOND_API_KEY).")
    private @Nullable String apiKey;

    @Option(names = "--deny", description = "Turns the device away instead.")
    private boolean deny;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (apiKey == null || apiKey.isBlank()) {
            throw new IOException("an operator's key is needed: --api-key or PAYBOND_API_KEY");
        }
        String encoded = URLEncoder.encode(Objects.requireNonNull(code), StandardCharsets.UTF_8);
        String path = "/v1/admin/device-logins/" + encoded + (deny ? "/deny" : "/approve");
        HttpRequest request = HttpRequest.newBuilder(
                        Objects.requireNonNull(gateway).resolve(path))
                .header("authorization", "Bearer " + apiKey)
                .header("content-type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<Void> response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        if (response.statusCode() != 200) {
            throw new IOException("the sandbox answers " + response.statusCode()
                    + (response.statusCode() == 404 ? ": no device waits with that code" : ""));
        }
        spec.commandLine().getOut().println("The device " + (deny ? "is turned away" : "gets its key"));
        return 0;
    }
}
