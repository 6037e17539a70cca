package ai.paybond.kit.examples.proxy;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.annotation.AnnotatedTools;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.annotation.GuardedProxy;
import ai.paybond.kit.async.GuardExecutors;
import ai.paybond.kit.guard.ToolDeniedException;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Sandbox;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * An interface of the application's own, behind the guard: no framework, no tool names, no JSON. What a method needs and
 * proves is annotated at the interface; whoever has the proxy cannot call around the guard.
 */
public final class GuardedHotels {

    /** What the application calls, and an agent through it. */
    public interface Hotels {

        /** Books a room. */
        @CapabilityGuarded(
                operation = "travel.book_hotel",
                spendFrom = "priceCents",
                evidence = {"status", "cost_cents"})
        Booking book(String city, long priceCents);

        /** Costs and changes nothing, and answers later: the caller's thread waits for nothing. */
        @CapabilityGuarded(readOnly = true)
        CompletableFuture<Integer> freeRooms(String city);
    }

    /** A booked room. */
    public record Booking(String city, String status, long cost_cents) {}

    /** The application's own object, which knows of no guard. */
    static final class SmallHotels implements Hotels {

        @Override
        public Booking book(String city, long priceCents) {
            return new Booking(city, "completed", priceCents);
        }

        @Override
        public CompletableFuture<Integer> freeRooms(String city) {
            return CompletableFuture.completedFuture(3);
        }
    }

    private GuardedHotels() {}

    /** Books against a sandbox in this process, and prints what came of it. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (Sandbox sandbox = Sandbox.start();
                Paybond paybond = Paybond.open(PaybondOptions.builder(
                                sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                        .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                        .build())) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            show(paybond, run, out);
        }
    }

    static void show(Paybond paybond, SandboxRun run, PrintStream out) {
        ExecutorService executor = GuardExecutors.virtualOrCached();
        try (ToolGuard guard =
                paybond.guard(run, AnnotatedTools.registry(Hotels.class)).build()) {
            Hotels hotels = GuardedProxy.builder(() -> guard, Hotels.class, new SmallHotels())
                    .executor(executor)
                    .build();
            out.println(hotels.freeRooms("Lisbon").join() + " rooms free");
            out.println(hotels.book("Lisbon", 9_000));
            out.println(hotels.book("Paris", 90_000));
        } catch (ToolDeniedException e) {
            out.println("refused: " + e.code());
        } finally {
            executor.shutdown();
        }
    }
}
