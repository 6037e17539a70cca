package ai.paybond.kit.internal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** A server on loopback that answers what it was told, in order, honest or not. */
public final class ScriptedServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private int taken;

    public ScriptedServer() {
        server.setServerSocketFactory(new PromptSockets());
        try {
            server.start(InetAddress.getByName("127.0.0.1"), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public ScriptedServer answer(int status, String body) {
        return answer(reply -> reply.code(status).body(body).setHeader("content-type", "application/json"));
    }

    public ScriptedServer answer(UnaryOperator<MockResponse.Builder> reply) {
        server.enqueue(reply.apply(new MockResponse.Builder()).build());
        return this;
    }

    /** How a request is answered. */
    public interface Answering {
        String body(RecordedRequest request) throws Exception;
    }

    /** From now on each request is answered with what this says, instead of in order. */
    public void answerEach(Answering answering) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                try {
                    return new MockResponse.Builder()
                            .body(answering.body(request))
                            .build();
                } catch (Exception e) {
                    return new MockResponse.Builder().code(599).build();
                }
            }
        });
    }

    public ScriptedServer dropConnection() {
        return answer(reply -> reply.onResponseStart(new SocketEffect.CloseSocket()));
    }

    /** Announces more than it sends. */
    public ScriptedServer breakOff(String body) {
        return answer(reply -> reply.body(body)
                .setHeader("content-length", body.length() + 100)
                .onResponseEnd(new SocketEffect.CloseSocket()));
    }

    public int requests() {
        return server.getRequestCount();
    }

    public RecordedRequest next() {
        try {
            RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            taken++;
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Every request that {@link #next()} has not given out. */
    public List<RecordedRequest> all() {
        List<RecordedRequest> all = new ArrayList<>();
        while (taken < requests()) {
            all.add(next());
        }
        return all;
    }

    @Override
    public void close() {
        server.close();
    }
}
