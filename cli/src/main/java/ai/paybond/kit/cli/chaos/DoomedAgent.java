package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.cli.chaos.AgentOrder.OrderedCall;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An agent in a process of its own: reads an {@link AgentOrder} from standard input, prints READY, makes the calls, and
 * prints DONE if it lives to see the end.
 */
public final class DoomedAgent {
    private static final int THREADS = 2;

    private DoomedAgent() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        PrintStream parent = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        AgentOrder order = AgentOrder.parse(Objects.requireNonNull(in.readLine(), "no order"));
        KillSwitch kill = new KillSwitch(order.killPoint(), parent);
        AgentSession session = AgentSession.open(order, kill);
        parent.println("READY");
        if (order.killPoint().isBoundary()) {
            inOrder(session, order, kill);
        } else {
            together(session, order);
        }
        parent.println("DONE");
    }

    private static void inOrder(AgentSession session, AgentOrder order, KillSwitch kill) {
        int last = order.calls().size() - 1;
        order.calls().subList(0, last).forEach(call -> make(session, call));
        kill.arm();
        make(session, order.calls().get(last));
    }

    private static void together(AgentSession session, AgentOrder order) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CompletableFuture<?>[] calls = order.calls().stream()
                .map(call -> CompletableFuture.runAsync(() -> make(session, call), threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(calls).join();
        threads.shutdown();
    }

    private static void make(AgentSession session, OrderedCall call) {
        session.make(session.guard(call), call);
    }
}
