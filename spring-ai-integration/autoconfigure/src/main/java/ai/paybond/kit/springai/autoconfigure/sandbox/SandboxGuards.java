package ai.paybond.kit.springai.autoconfigure.sandbox;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.GuardListener;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.springai.autoconfigure.FallbackGuard;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Guards on intents that the sandbox makes by itself. Evidence fulfils an intent, which then pays for nothing more; so a call
 * that is to be proved is followed by a new intent. The session delivers what the earlier ones owe. A call id is remembered within its intent only. Thread-safe.
 */
final class SandboxGuards implements FallbackGuard {

    static final String PAYEE = "did:web:localhost#payee";

    private static final Logger log = LoggerFactory.getLogger(SandboxGuards.class);
    private static final String PRINCIPAL = "did:web:localhost#principal";
    private static final String RAIL = "stripe_connect";
    private static final String CURRENCY = "usd";
    private static final String NOTHING = "sandbox.nothing";
    private static final JsonObject ANY_EVIDENCE = JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}");

    private final SandboxTenant tenant;
    private final ObjectProvider<Paybond> paybond;
    private final ObjectProvider<ToolRegistry> tools;
    private final long budgetCents;
    private final Clock clock;
    private @Nullable ToolGuard current;

    SandboxGuards(
            SandboxTenant tenant,
            ObjectProvider<Paybond> paybond,
            ObjectProvider<ToolRegistry> tools,
            long budgetCents,
            Clock clock) {
        this.tenant = tenant;
        this.paybond = paybond;
        this.tools = tools;
        this.budgetCents = budgetCents;
        this.clock = clock;
    }

    @Override
    public synchronized ToolGuard guard() {
        if (current == null) {
            current = open(paybond.getObject(), tools.getObject());
        }
        return current;
    }

    private ToolGuard open(Paybond session, ToolRegistry registry) {
        CreatedIntent intent = session.intents().create(request(operations(registry)));
        CapabilityToken token = Objects.requireNonNull(intent.capabilityToken(), "the sandbox funds at once");
        log.info("sandbox intent {} pays for up to {} cents", intent.intentId(), budgetCents);
        return session.guard(new CapabilityBinding(intent.intentId(), token, CURRENCY), registry)
                .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
                .listener(new UsedUp())
                .build();
    }

    private IntentRequest request(List<String> operations) {
        return IntentRequest.builder(new PrincipalIdentity(PRINCIPAL, tenant.principalKey()), PAYEE)
                .amount(budgetCents, CURRENCY)
                .deadline(clock.instant().plus(Duration.ofDays(1)))
                .allowedTools(operations)
                .predicate(ANY_EVIDENCE)
                .settlementRail(RAIL)
                .payeeKey(tenant.payeeKey().publicKey())
                .build();
    }

    private static List<String> operations(ToolRegistry registry) {
        List<String> operations = registry.declarations().stream()
                .filter(ToolDeclaration::isSideEffecting)
                .map(ToolDeclaration::operation)
                .toList();
        return operations.isEmpty() ? List.of(NOTHING) : operations;
    }

    private synchronized void usedUp() {
        current = null;
    }

    private final class UsedUp implements GuardListener {

        @Override
        public void executed(ToolCall call, CallReceipt receipt) {
            boolean proves = tools.getObject()
                    .find(call.toolName())
                    .map(ToolDeclaration::hasEvidence)
                    .orElse(false);
            if (proves) {
                usedUp();
            }
        }
    }
}
