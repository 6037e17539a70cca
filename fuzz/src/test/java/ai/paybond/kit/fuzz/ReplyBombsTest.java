package ai.paybond.kit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.NeverminedOptions;
import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.paegents.client.PaegentsApiKey;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.client.PaegentsOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies that would fill memory: 5 GB announced, 5 GB unannounced, and packed, to each of the three clients. */
class ReplyBombsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long FIVE_GB = 5_000_000_000L;

    /** OkHttp drops what is left of a reply for up to 100 ms, in case the connection can be kept; memory holds none of it. */
    private static final long DROPPED = FIVE_GB / 2;

    private static final byte[] PACKED = packed();

    private static final Map<String, Consumer<URI>> CLIENTS = Map.of(
            "Paybond",
            ReplyBombsTest::paybond,
            "Paegents",
            ReplyBombsTest::paegents,
            "Nevermined",
            ReplyBombsTest::nevermined);

    private static final List<Bomb> BOMBS = List.of(
            new Bomb(
                    "a reply of 5 GB, announced",
                    "reply.too_large",
                    "content-length: " + FIVE_GB,
                    out -> flood(out, "")),
            new Bomb(
                    "a reply of 5 GB, in chunks",
                    "reply.too_large",
                    "transfer-encoding: chunked",
                    out -> flood(out, "10000\r\n")),
            new Bomb(
                    "64 MiB packed into 64 KiB", "reply.not_json", "content-encoding: gzip", out -> out.write(PACKED)));

    private record Bomb(String attack, String paybondCode, String header, Sending body) {}

    interface Sending {
        void to(OutputStream out) throws IOException;
    }

    static Stream<Arguments> attacks() {
        return CLIENTS.keySet().stream().sorted().flatMap(client -> BOMBS.stream()
                .map(bomb -> Arguments.of(client, bomb)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("attacks")
    void readsNoMoreThanItsLimit(String client, Bomb bomb) {
        try (FloodingServer server = new FloodingServer(bomb.header(), bomb.body())) {
            String outcome = assertTimeoutPreemptively(
                    PATIENCE,
                    () -> BombTable.outcome(
                            client + ": " + bomb.attack(),
                            "1 to 4 MiB, never unpacked",
                            () -> outcome(client, server.url())));
            assertThat(outcome).doesNotContain("accepted").doesNotContain("undeclared");
            if (client.equals("Paybond")) {
                assertThat(outcome).isEqualTo(bomb.paybondCode());
            }
            assertThat(server.largestSent()).isLessThan(DROPPED);
        }
    }

    private static String outcome(String client, URI url) {
        try {
            CLIENTS.get(client).accept(url);
            return "accepted";
        } catch (PaybondException e) {
            return e.code();
        } catch (RuntimeException e) {
            return "undeclared " + e;
        }
    }

    private static void paybond(URI url) {
        Paybond.open(PaybondOptions.builder(url, ApiKey.of("paybond_sk_sandbox_abc_" + "x".repeat(32)))
                        .maxAttempts(1)
                        .remoteVerificationOnly()
                        .build())
                .close();
    }

    private static void paegents(URI url) {
        try (PaegentsClient client =
                PaegentsClient.open(PaegentsOptions.builder("agent-1", PaegentsApiKey.of("pk_test_" + "x".repeat(24)))
                        .apiUrl(url)
                        .maxAttempts(1)
                        .build())) {
            client.agreements().get("a-1");
        }
    }

    private static void nevermined(URI url) {
        try (NeverminedPayments client = NeverminedPayments.open(
                NeverminedOptions.of(NeverminedApiKey.of("sandbox:abc"), NeverminedEnvironment.custom(url)))) {
            client.plans().get("1234567890");
        }
    }

    private static void flood(OutputStream out, String chunkHead) throws IOException {
        byte[] chunk = new byte[0x10000];
        Arrays.fill(chunk, (byte) 'x');
        for (long sent = 0; sent < FIVE_GB; sent += chunk.length) {
            out.write(chunkHead.getBytes(StandardCharsets.US_ASCII));
            out.write(chunk);
            if (!chunkHead.isEmpty()) {
                out.write(new byte[] {'\r', '\n'});
            }
        }
    }

    private static byte[] packed() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] spaces = new byte[1 << 20];
            Arrays.fill(spaces, (byte) ' ');
            gzip.write('{');
            for (int i = 0; i < 64; i++) {
                gzip.write(spaces);
            }
            gzip.write('}');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
