package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.cli.chaos.AgentOrder.OrderedCall;
import ai.paybond.kit.cli.chaos.CallAudit.Finding;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Runs agents in processes of their own against a sandbox in this one, kills each, carries on in its place, and audits
 * every call that it made. Three kills in ten come at a random moment, the others at the boundaries of a call's states, in
 * turn. An agent that was done before its moment came is audited too, and another one is killed in its place.
 */
public final class Chaos implements AutoCloseable {
    private static final int RANDOM_OF_TEN = 3;
    private static final int MOST_TRIES = 20;
    private static final int CALLS_AT_ONCE = 6;
    private static final int LATEST_RANDOM_KILL_MILLIS = 400;

    private final Path directory;
    private final Random random;
    private final Consumer<AgentOrder> betweenDeathAndAudit;
    private final Sandbox sandbox = Sandbox.start();
    private final SandboxTenant tenant = sandbox.tenant();
    private final Paybond principal;
    private final KillTable table = new KillTable();
    private int latestKillMillis = LATEST_RANDOM_KILL_MILLIS;
    private int calls;

    /**
     * @param directory for journals and logs; what is in it is left there
     * @param seed for the random kills
     */
    public Chaos(Path directory, long seed) {
        this(directory, seed, order -> {});
    }

    /** @param betweenDeathAndAudit may do to the journal what the audit must then notice */
    Chaos(Path directory, long seed, Consumer<AgentOrder> betweenDeathAndAudit) {
        this.betweenDeathAndAudit = betweenDeathAndAudit;
        this.directory = directory;
        this.random = new Random(seed);
        this.principal = Paybond.open(PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                .build());
    }

    /** @param progress is told the number of each kill once its calls are audited */
    public KillTable run(int kills, IntConsumer progress) throws IOException, InterruptedException {
        List<KillPoint> boundaries = List.copyOf(KillPoint.boundaries());
        int boundary = 0;
        for (int kill = 1; kill <= kills; kill++) {
            boolean anywhere = kill % 10 < RANDOM_OF_TEN;
            if (anywhere) {
                killAtRandom();
            } else {
                kill(boundaries.get(boundary++ % boundaries.size()));
            }
            progress.accept(kill);
        }
        return table;
    }

    private void killAtRandom() throws IOException, InterruptedException {
        latestKillMillis = LATEST_RANDOM_KILL_MILLIS;
        for (int tries = 1; !kill(KillPoint.AT_RANDOM); tries++) {
            latestKillMillis = Math.max(1, latestKillMillis / 2); // a fast machine's agents are done long before
            if (tries == MOST_TRIES) {
                table.violated(KillPoint.AT_RANDOM, List.of("no agent of " + MOST_TRIES + " could be killed in time"));
                return;
            }
        }
    }

    /** @return whether the agent still had work to do */
    private boolean kill(KillPoint point) throws IOException, InterruptedException {
        AgentOrder order = order(point);
        boolean inTime;
        try (AgentProcess agent = AgentProcess.start(order, directory)) {
            String said = agent.nextLine();
            if (said.equals("READY")) {
                said = point.isBoundary() ? agent.nextLine() : killAnytime(agent);
            }
            agent.kill();
            inTime = said.equals("AT " + point) || said.equals("KILLED");
            table.killed(point, inTime);
            if (!inTime && !(said.equals("DONE") && !point.isBoundary())) {
                table.violated(point, List.of("the agent said " + said + " instead of dying there; see agents.log"));
            }
        }
        betweenDeathAndAudit.accept(order);
        audit(order);
        return inTime;
    }

    private String killAnytime(AgentProcess agent) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(latestKillMillis));
        agent.kill();
        String last = agent.nextLine();
        return last.equals("GONE") ? "KILLED" : last;
    }

    private void audit(AgentOrder order) {
        int last = order.calls().size() - 1;
        KillSwitch unarmed = KillSwitch.none();
        try (AgentSession successor = AgentSession.open(order, unarmed)) {
            for (int i = 0; i <= last; i++) {
                KillPoint killedAt = i == last ? order.killPoint() : KillPoint.AT_RANDOM;
                OrderedCall call = order.calls().get(i);
                Finding finding =
                        new CallAudit(successor, new Vendor(order.acts()), sandbox.records(), call).conduct(killedAt);
                table.audited(order.killPoint(), finding);
            }
        }
    }

    private AgentOrder order(KillPoint point) {
        List<OrderedCall> ordered = new ArrayList<>();
        if (point.isBoundary()) {
            ordered.add(call(ToolBehavior.SUCCEEDS));
            ordered.add(call(point.behavior()));
        } else {
            for (int i = 0; i < CALLS_AT_ONCE; i++) {
                ordered.add(call(ToolBehavior.values()[i % ToolBehavior.values().length]));
            }
        }
        return new AgentOrder(
                sandbox.descriptor(), directory.resolve("journal.db"), directory.resolve("acts.txt"), point, ordered);
    }

    private OrderedCall call(ToolBehavior behavior) {
        CreatedIntent intent = principal
                .intents()
                .create(IntentRequest.builder(
                                new PrincipalIdentity("did:web:principal.example", tenant.principalKey()),
                                AgentSession.PAYEE)
                        .payeeKey(tenant.payeeKey().publicKey())
                        .amount(AgentSession.COST_CENTS, "usd")
                        .deadline(Instant.parse("2099-12-31T23:59:59Z"))
                        .allowedTools(Stream.of(ToolBehavior.values())
                                .map(ToolBehavior::operation)
                                .toList())
                        .settlementRail("stripe_connect")
                        .budget(JsonObject.parse("{\"currency\":\"usd\"}"))
                        .evidenceSchema(JsonObject.parse("{\"type\":\"object\"}"))
                        .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                        .build());
        String token = Objects.requireNonNull(intent.capabilityToken()).expose();
        return new OrderedCall("call-" + calls++, intent.intentId(), token, behavior);
    }

    /** Stops the sandbox. */
    @Override
    public void close() {
        principal.close();
        sandbox.close();
    }
}
