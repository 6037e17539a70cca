package ai.paybond.kit.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.internal.http.HttpFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {
    private static final Bearer KEY = Bearer.fixed("key");

    private final ScriptedMachine machine = new ScriptedMachine();
    private final ScriptedServer server = new ScriptedServer();
    private final HttpTransport transport = transport(new HttpLimits(Duration.ofSeconds(30), 3, 1000));

    private HttpTransport transport(HttpLimits limits) {
        return new HttpTransport(limits, machine);
    }

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    private HttpCall call() {
        return call(KEY).build();
    }

    private HttpCall.Builder call(Bearer bearer) {
        byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        return HttpCall.to("POST", Endpoint.of(server.url(), "test"), "/x", bearer)
                .json(body);
    }

    private Kind failureOf(HttpTransport used, HttpCall call) {
        return catchThrowableOfType(HttpFailure.class, () -> used.send(call)).kind();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void repeatsTransientStatusesUntilAnAnswerComes(int status) throws HttpFailure {
        server.answer(status, "").answer(status, "").answer(200, "{}");

        assertThat(transport.send(call()).status()).isEqualTo(200);
        assertThat(machine.pauses()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(450));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 408, 409, 410, 422, 501})
    void doesNotRepeatOtherStatuses(int status) throws HttpFailure {
        server.answer(status, "");

        assertThat(transport.send(call()).status()).isEqualTo(status);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void givesUpAfterThreeAttemptsWithTheLastReply() throws HttpFailure {
        server.answer(500, "").answer(502, "").answer(503, "");

        assertThat(transport.send(call()).status()).isEqualTo(503);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void sendsTheSameBytesInEveryAttempt() throws HttpFailure {
        server.answer(503, "").answer(200, "{}");

        transport.send(call());

        assertThat(server.all())
                .extracting(request -> request.getBody().utf8())
                .containsExactly("{\"a\":1}", "{\"a\":1}");
    }

    @Test
    void makesFreshHeadersAndAsksForTheCredentialInEveryAttempt() throws HttpFailure {
        server.answer(503, "").answer(200, "{}");
        AtomicInteger count = new AtomicInteger();
        Bearer counting = new Bearer() {
            @Override
            public String current() {
                return "key-" + count.get();
            }

            @Override
            public boolean renew(String rejected) {
                return false;
            }
        };

        transport.send(call(counting)
                .freshHeaders(() -> Map.of("x-proof", "proof-" + count.incrementAndGet()))
                .build());

        List<RecordedRequest> sent = server.all();
        assertThat(sent)
                .extracting(request -> request.getHeaders().get("x-proof"))
                .containsExactly("proof-1", "proof-2");
        assertThat(sent)
                .extracting(request -> request.getHeaders().get("authorization"))
                .containsExactly("Bearer key-0", "Bearer key-1");
    }

    @Test
    void waitsAsLongAsRetryAfterSays() throws HttpFailure {
        server.answer(reply -> reply.code(429).setHeader("Retry-After", "2.5")).answer(200, "{}");

        transport.send(call());

        assertThat(machine.pauses()).containsExactly(Duration.ofMillis(2500));
    }

    @Test
    void capsRetryAfterAtThirtySeconds() throws HttpFailure {
        server.answer(reply -> reply.code(503).setHeader("Retry-After", "86400"))
                .answer(200, "{}");

        transport.send(call());

        assertThat(machine.pauses()).containsExactly(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wed, 21 Oct 2026 07:28:00 GMT", "-1", "1e9", "", "99999999999999999999", "NaN"})
    void ignoresRetryAfterThatIsNotSeconds(String header) throws HttpFailure {
        server.answer(reply -> reply.code(429).setHeader("Retry-After", header)).answer(200, "{}");

        transport.send(call());

        assertThat(machine.pauses()).containsExactly(Duration.ofMillis(250));
    }

    @Test
    void countsAndProvesTheAttemptThatTheHttpLibraryWouldMakeByItself() throws HttpFailure {
        server.answer(reply -> reply.code(503).setHeader("Retry-After", "0")).answer(200, "{}");
        AtomicInteger proofs = new AtomicInteger();

        transport.send(call(KEY)
                .freshHeaders(() -> Map.of("x-proof", "proof-" + proofs.incrementAndGet()))
                .build());

        assertThat(server.all())
                .extracting(request -> request.getHeaders().get("x-proof"))
                .containsExactly("proof-1", "proof-2");
    }

    @Test
    void growsPausesUpToFiveSeconds() throws HttpFailure {
        HttpTransport patient = transport(new HttpLimits(Duration.ofSeconds(30), 7, 1000));
        for (int i = 0; i < 7; i++) {
            server.answer(500, "");
        }

        patient.send(call());
        patient.close();

        assertThat(machine.pauses())
                .extracting(Duration::toMillis)
                .containsExactly(250L, 450L, 850L, 1650L, 3250L, 5000L);
    }

    @Test
    void startsNoAttemptThatThePauseWouldCarryPastTheDeadline() throws HttpFailure {
        HttpTransport hasty = transport(new HttpLimits(Duration.ofSeconds(1), 3, 1000));
        server.answer(reply -> reply.code(503).setHeader("Retry-After", "20"));

        assertThat(hasty.send(call()).status()).isEqualTo(503);
        hasty.close();
        assertThat(machine.pauses()).isEmpty();
    }

    @Test
    void repeatsLostConnections() throws HttpFailure {
        server.dropConnection().answer(200, "{}");

        assertThat(transport.send(call()).status()).isEqualTo(200);
    }

    @Test
    void reportsADeadPortAsUnreachable() throws IOException {
        HttpCall toNobody = HttpCall.to("GET", Endpoint.of(deadAddress(), "test"), "/x", KEY)
                .build();

        assertThat(failureOf(transport, toNobody)).isEqualTo(Kind.UNREACHABLE);
        assertThat(machine.pauses()).hasSize(2);
    }

    private static URI deadAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void reportsSilenceAsTimedOut() {
        HttpTransport hasty = transport(new HttpLimits(Duration.ofMillis(50), 1, 1000));
        server.answer(reply -> reply.code(200).headersDelay(1, TimeUnit.HOURS));

        assertThat(failureOf(hasty, call())).isEqualTo(Kind.TIMED_OUT);
        hasty.close();
    }

    @Test
    void reportsABodyThatNeverEndsAsTimedOut() {
        HttpTransport hasty = transport(new HttpLimits(Duration.ofMillis(50), 1, 1000));
        server.answer(reply -> reply.body("{\"a\":1}").throttleBody(1, 1, TimeUnit.HOURS));

        assertThat(failureOf(hasty, call())).isEqualTo(Kind.TIMED_OUT);
        hasty.close();
    }

    @Test
    void refusesRedirectsWithoutFollowing() {
        server.answer(reply -> reply.code(307).setHeader("Location", server.url() + "/elsewhere"));

        assertThat(failureOf(transport, call())).isEqualTo(Kind.REDIRECTED);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void refusesAReplyThatAnnouncesMoreThanAllowed() {
        server.answer(200, "x".repeat(1001));

        assertThat(failureOf(transport, call())).isEqualTo(Kind.TOO_LARGE);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void refusesAReplyThatSendsMoreThanAllowedWithoutAnnouncingIt() {
        server.answer(reply -> reply.chunkedBody("x".repeat(100_000), 512));

        assertThat(failureOf(transport, call())).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void readsAReplyOfExactlyTheLimit() throws HttpFailure {
        server.answer(200, "x".repeat(1000));

        assertThat(transport.send(call()).body()).hasSize(1000);
    }

    @Test
    void doesNotUnpackCompressedReplies() throws HttpFailure {
        server.answer(reply -> reply.setHeader("content-encoding", "gzip").body("{}"));

        assertThat(transport.send(call()).text()).isEqualTo("{}");
        assertThat(server.next().getHeaders().get("accept-encoding")).isEqualTo("identity");
    }

    @Test
    void reportsABrokenOffReplyAsTruncatedWhenRepeatingDoesNotHelp() {
        server.breakOff("{\"a\":").breakOff("{\"a\":").breakOff("{\"a\":");

        assertThat(failureOf(transport, call())).isEqualTo(Kind.TRUNCATED);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void renewsARefusedCredentialOnceAndRepeats() throws HttpFailure {
        server.answer(401, "").answer(200, "{}");

        assertThat(transport.send(call(new Renewable()).build()).status()).isEqualTo(200);
        assertThat(server.all())
                .extracting(request -> request.getHeaders().get("authorization"))
                .containsExactly("Bearer token-0", "Bearer token-1");
        assertThat(machine.pauses()).isEmpty();
    }

    @Test
    void doesNotRenewTwice() throws HttpFailure {
        server.answer(401, "").answer(401, "");

        assertThat(transport.send(call(new Renewable()).build()).status()).isEqualTo(401);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void doesNotRepeatWithACredentialThatCannotBeRenewed() throws HttpFailure {
        server.answer(401, "");

        assertThat(transport.send(call()).status()).isEqualTo(401);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void connectsOnceForEachOfManyThatCallAgain() throws Exception {
        CyclicBarrier everybodyCalls = new CyclicBarrier(20);
        ExecutorService callers = Executors.newFixedThreadPool(20);
        Callable<HttpReply> oneCall = () -> transport.send(call());
        server.answerEach(request -> {
            everybodyCalls.await(10, TimeUnit.SECONDS);
            return "{}";
        });
        try {
            for (int round = 0; round < 3; round++) {
                for (Future<HttpReply> reply : callers.invokeAll(Collections.nCopies(20, oneCall))) {
                    assertThat(reply.get().status()).isEqualTo(200);
                }
            }
        } finally {
            callers.shutdown();
        }
        assertThat(server.all())
                .hasSize(60)
                .extracting(RecordedRequest::getConnectionIndex)
                .allMatch(index -> index < 20);
    }

    @Test
    void keepsTheInterruptAndDoesNotRepeat() {
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> transport.send(call()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOfSatisfying(HttpFailure.class, e -> assertThat(e.kind())
                .isEqualTo(Kind.INTERRUPTED));
        assertThat(machine.pauses()).isEmpty();
    }

    @Test
    void refusesCallsAfterClosing() {
        transport.close();

        assertThat(failureOf(transport, call())).isEqualTo(Kind.CLOSED);
        assertThat(server.requests()).isZero();
    }

    @Test
    void closesTwice() {
        transport.close();
        transport.close();

        assertThatThrownBy(() -> transport.send(call())).isInstanceOf(HttpFailure.class);
    }

    private static final class Renewable implements Bearer {
        private int renewals;

        @Override
        public String current() {
            return "token-" + renewals;
        }

        @Override
        public boolean renew(String rejected) {
            assertThat(rejected).isEqualTo(current());
            renewals++;
            return true;
        }
    }
}
