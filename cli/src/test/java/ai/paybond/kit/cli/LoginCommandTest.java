package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.Sandbox;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that comes by agreement of a person: where it goes, and when nothing is written. */
class LoginCommandTest {
    @TempDir
    private Path directory;

    @Test
    void keepsAKeyOfTheSandboxWhereOnlyItsOwnerReadsIt() throws Exception {
        Path file = directory.resolve(".env.local");
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Prompt prompt = new Prompt();
            CompletableFuture<Integer> login = CompletableFuture.supplyAsync(() ->
                    prompt.run("login", "--gateway", sandbox.baseUrl().toString(), "--env-file", file.toString()));
            String code = prompt.code();
            Run approval = Run.of(
                    "sandbox",
                    "approve",
                    code,
                    "--gateway",
                    sandbox.baseUrl().toString(),
                    "--api-key",
                    sandbox.tenant().apiKey());

            assertThat(approval.status()).as(approval.err()).isZero();
            assertThat(login.get()).isZero();
            assertThat(Files.readString(file))
                    .matches(
                            "PAYBOND_API_KEY=paybond_sk_sandbox_\\w+\nPAYBOND_GATEWAY_URL=" + sandbox.baseUrl() + "\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(prompt.text()).doesNotContain("paybond_sk_");
        }
    }

    @Test
    void leavesAFileThatExistsAlone() throws IOException {
        Path file = Files.writeString(directory.resolve(".env.local"), "PAYBOND_API_KEY=mine\n");

        Run run = Run.of("login", "--gateway", "http://127.0.0.1:1", "--env-file", file.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("is not overwritten");
        assertThat(file).hasContent("PAYBOND_API_KEY=mine\n");
    }

    @Test
    void followsNoLink() throws IOException {
        Path target = directory.resolve("elsewhere");
        Path link = Files.createSymbolicLink(directory.resolve(".env.local"), target);

        Run run = Run.of("login", "--gateway", "http://127.0.0.1:1", "--env-file", link.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("is not overwritten");
        assertThat(target).doesNotExist();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void takesNoLiveKeyAndLeavesNoFile() throws IOException {
        Path file = directory.resolve(".env.local");
        HttpServer gateway = gateway("paybond_sk_live_" + "ab".repeat(16) + "_" + "cd".repeat(32));
        try {
            Run run = Run.of(
                    "login",
                    "--gateway",
                    "http://127.0.0.1:" + gateway.getAddress().getPort(),
                    "--env-file",
                    file.toString());

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("not for the sandbox").doesNotContain("paybond_sk_live");
            assertThat(file).doesNotExist();
        } finally {
            gateway.stop(0);
        }
    }

    @Test
    void leavesNoFileWhenNobodyAnswers() {
        Path file = directory.resolve(".env.local");

        Run run = Run.of("login", "--gateway", "http://127.0.0.1:1", "--env-file", file.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void makesNoDirectory() {
        Run run = Run.of("login", "--env-file", directory.resolve("none/.env").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("there is no directory for");
    }

    @Test
    void explainsItself() {
        assertThat(Run.of("login", "--help").out()).contains("--gateway", "--env-file", "sandbox key");
    }

    private static HttpServer gateway(String key) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        answer(server, "start", """
                {"device_code":"d","user_code":"BCDF-GHJK","verification_uri":"https://paybond.example/device",\
                "expires_in":60,"interval":1}""");
        answer(server, "token", """
                {"access_token":"%s","tenant_id":"tenant-a","tenant_uuid":"u","environment":"sandbox",\
                "service_account_role":"operator"}""".formatted(key));
        server.start();
        return server;
    }

    private static void answer(HttpServer server, String route, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/v1/public/auth/device/" + route, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    /** A run whose standard error is read while it waits. */
    private static final class Prompt {
        private static final Pattern CODE = Pattern.compile("Code  (\\S+)");

        private final CompletableFuture<String> code = new CompletableFuture<>();
        private final StringBuffer text = new StringBuffer();

        int run(String... arguments) {
            return PaybondCommand.commandLine()
                    .setErr(new java.io.PrintWriter(new Lines(), true))
                    .setOut(new java.io.PrintWriter(new Lines(), true))
                    .execute(arguments);
        }

        String code() throws Exception {
            return code.get(30, java.util.concurrent.TimeUnit.SECONDS);
        }

        String text() {
            return text.toString();
        }

        private final class Lines extends java.io.Writer {
            @Override
            public void write(char[] buffer, int offset, int length) {
                text.append(buffer, offset, length);
                Matcher matcher = CODE.matcher(text);
                if (matcher.find() && text.indexOf("\n", matcher.end()) >= 0) {
                    code.complete(matcher.group(1));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }
    }
}
