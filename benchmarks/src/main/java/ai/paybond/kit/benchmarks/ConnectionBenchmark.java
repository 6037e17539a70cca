package ai.paybond.kit.benchmarks;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A request of 1 kB and a short reply, over connections that are kept in one way or another. No part of the kit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConnectionBenchmark {

    private static final int REQUEST_BYTES = 1_000;
    private static final String REPLY = "{\"allow\":true}";

    /** How requests share connections. */
    public enum Kept {
        /** OkHttp's own choice: one for each request under way, five while idle. */
        FIVE("HTTP/1.1, 5 idle connections kept", Protocol.HTTP_1_1, 5),
        /** The kit's. */
        SIXTY_FOUR("HTTP/1.1, 64 idle connections kept", Protocol.HTTP_1_1, 64),
        /** One connection for all. */
        HTTP_2("HTTP/2, one connection", Protocol.H2_PRIOR_KNOWLEDGE, 64);

        private final String description;
        private final Protocol protocol;
        private final int idle;

        Kept(String description, Protocol protocol, int idle) {
            this.description = description;
            this.protocol = protocol;
            this.idle = idle;
        }

        String description() {
            return description;
        }

        OkHttpClient client() {
            return new OkHttpClient.Builder()
                    .protocols(List.of(protocol))
                    .connectionPool(new ConnectionPool(idle, 1, TimeUnit.MINUTES))
                    .build();
        }
    }

    @Param({"FIVE", "SIXTY_FOUR", "HTTP_2"})
    public Kept kept = Kept.FIVE;

    private final RequestBody body = RequestBody.create(new byte[REQUEST_BYTES]);
    private OkHttpClient client = Kept.FIVE.client();

    @SuppressWarnings("NullAway.Init")
    private Undertow server;

    @SuppressWarnings("NullAway.Init")
    private HttpUrl url;

    @Setup
    public void open() {
        server = Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setWorkerThreads(64)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(new BlockingHandler(exchange -> {
                    exchange.getInputStream().readAllBytes();
                    exchange.getResponseSender().send(REPLY);
                }))
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        url = HttpUrl.get("http://127.0.0.1:" + address.getPort());
        client = kept.client();
    }

    @TearDown
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
        server.stop();
    }

    @Benchmark
    public String request() throws IOException {
        try (Response response = client.newCall(
                        new Request.Builder().url(url).post(body).build())
                .execute()) {
            return response.body().string();
        }
    }
}
