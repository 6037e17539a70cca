package ai.paybond.kit.nevermined.rail;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.NeverminedOptions;
import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.nevermined.PaymentFacilitator;
import ai.paybond.kit.nevermined.SettleRequest;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.Verification;
import ai.paybond.kit.nevermined.VerifyRequest;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A seller's process that says where it stands and waits there to be killed. */
final class CrashingSeller {
    static final String TOOL = "research";
    static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder(TOOL)
            .spend(SpendRule.fixed(1))
            .withoutEvidence()
            .build());

    private CrashingSeller() {}

    /** journal, backend, key, plan, token, and where to stop: in the tool, before, or after the settle was sent. */
    public static void main(String[] args) {
        NeverminedPayments payments = NeverminedPayments.open(
                NeverminedOptions.of(NeverminedApiKey.of(args[2]), NeverminedEnvironment.custom(URI.create(args[1]))));
        CallJournal journal = CallJournals.file(Path.of(args[0]));
        String stopAt = args[5];
        NeverminedRail rail = NeverminedRail.builder(
                        new Stopping(payments.facilitator(), stopAt),
                        payments.schemes(Clock.systemUTC())::resolve,
                        payments.options().apiKey())
                .journal(journal)
                .tool(TOOL, ToolPlan.of(args[3]))
                .build();
        var guard = rail.guard(X402AccessToken.of(args[4]), TOOLS);
        if (stopAt.equals("before-claim")) {
            guard.deferDelivery();
        }
        guard.build().call(ToolCall.of(TOOL, "call-1", JsonObject.of(Map.of())), call -> "done");
        stop();
    }

    private record Stopping(PaymentFacilitator facilitator, String stopAt) implements PaymentFacilitator {
        @Override
        public Verification verify(VerifyRequest request) {
            return facilitator.verify(request);
        }

        @Override
        public Settlement settle(SettleRequest request) {
            if (stopAt.equals("before-send")) {
                stop();
            }
            Settlement settlement = facilitator.settle(request);
            if (stopAt.equals("after-send")) {
                stop();
            }
            return settlement;
        }
    }

    private static void stop() {
        System.out.println("NOW");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
