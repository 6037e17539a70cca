package ai.paybond.kit.harbor;

import ai.paybond.kit.fuzz.AnsweringServer;
import ai.paybond.kit.fuzz.Lincheck;
import ai.paybond.kit.internal.http.Bearer;
import ai.paybond.kit.internal.http.Endpoint;
import ai.paybond.kit.internal.http.HttpLimits;
import ai.paybond.kit.internal.http.HttpTransport;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.internal.platform.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * However threads meet, the cache of the Harbor token answers as if they had come one after another: a refused token is
 * exchanged once, and nobody is given an older token than somebody else already had. Over a connection, since the exchange
 * is what its lock is about; the server numbers the tokens that each session gets.
 */
@Param(name = "token", gen = IntGen.class, conf = "1:4")
public class HarborAccessLincheckTest {
    private static final Map<String, AtomicInteger> EXCHANGES = new ConcurrentHashMap<>();
    private static final AtomicInteger SESSIONS = new AtomicInteger();
    private static final AnsweringServer SERVER = new AnsweringServer(HarborAccessLincheckTest::exchanged);
    private static final HttpTransport TRANSPORT =
            new HttpTransport(new HttpLimits(Duration.ofSeconds(30), 3, 20_000), Machine.real());

    private final HarborAccess access = new HarborAccess(
            Connection.gateway(
                    TRANSPORT,
                    Endpoint.of(SERVER.url().resolve("/session-" + SESSIONS.incrementAndGet()), "test"),
                    Bearer.fixed("key"),
                    HarborFaults.INSTANCE),
            Machine.real(),
            Duration.ofSeconds(90));

    private static AnsweringServer.Answer exchanged(String path) {
        int number =
                EXCHANGES.computeIfAbsent(path, unused -> new AtomicInteger()).incrementAndGet();
        String body = "{\"access_token\":\"token-" + number + "\",\"expires_in\":900,\"tenant_id\":\"tenant-a\"}";
        return new AnsweringServer.Answer(200, body.getBytes(StandardCharsets.UTF_8));
    }

    @Operation
    public String current() {
        return access.current();
    }

    /** What a call is sent with after Harbor refused it with this token. */
    @Operation
    public boolean renew(@Param(name = "token") int token) {
        return access.renew("token-" + token);
    }

    @Operation
    public void rotate() {
        access.rotate();
    }

    @Test
    void answersAsIfNobodyElseWereThere() {
        Lincheck.stressLittle(HarborAccessLincheckTest.class);
    }
}
