package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.BufferedReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SandboxCommandTest {

    @TempDir
    private Path data;

    @Test
    void firstLineTellsAClientAllItNeedsAndTheEndOfInputEndsIt() throws Exception {
        try (PipedOutputStream input = new PipedOutputStream();
                PipedReader output = new PipedReader(1 << 16)) {
            CompletableFuture<Integer> status = start(new PipedInputStream(input), new PipedWriter(output));

            JsonObject first = JsonObject.parse(new BufferedReader(output).readLine());
            JsonObject tenant =
                    (JsonObject) first.array("tenants").orElseThrow().items().get(0);
            HttpResponse<String> principal = principal(first, tenant);

            assertThat(first.array("tenants").orElseThrow().items()).hasSize(2);
            assertThat(first.string("capability_root_key_hex").orElseThrow()).hasSize(64);
            assertThat(tenant.members().keySet())
                    .contains(
                            "tenant_id", "sandbox_api_key", "recognition_key", "principal_seed_hex", "payee_seed_hex");
            assertThat(principal.statusCode()).isEqualTo(200);
            assertThat(JsonObject.parse(principal.body()).string("tenant_id")).isEqualTo(tenant.string("tenant_id"));

            input.close();
            assertThat(status.get()).isZero();
        }
    }

    @Test
    void keysStayTheSameInTheSameDirectory() {
        JsonValue first = JsonObject.parse(served()).get("tenants");

        assertThat(JsonObject.parse(served()).get("tenants")).isEqualTo(first);
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Run run = Run.of("sandbox", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("paybond: the sandbox cannot start on port " + taken.getLocalPort() + ": ");
        }
    }

    @Test
    void saysInOneLineThatTheDirectoryIsNone() throws Exception {
        Path file = Files.createFile(data.resolve("file"));

        Run run = Run.of("sandbox", "--data", file.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("with data in " + file);
    }

    private String served() {
        Run run = Run.of("sandbox", "--data", data.toString());
        assertThat(run.status()).isZero();
        return run.out().lines().findFirst().orElseThrow();
    }

    private static CompletableFuture<Integer> start(PipedInputStream input, PipedWriter output) {
        CommandLine command = PaybondCommand.commandLine().setOut(new PrintWriter(output, true));
        SandboxCommand sandbox = command.getSubcommands().get("sandbox").getCommand();
        sandbox.serveUntilEndOf(input);
        command.getSubcommands().get("sandbox").setOut(new PrintWriter(output, true));
        return CompletableFuture.supplyAsync(() -> command.execute("sandbox"));
    }

    private static HttpResponse<String> principal(JsonObject descriptor, JsonObject tenant) throws Exception {
        URI base = URI.create(descriptor.string("base_url").orElseThrow());
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/auth/principal"))
                .header(
                        "authorization",
                        "Bearer " + tenant.string("sandbox_api_key").orElseThrow())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
