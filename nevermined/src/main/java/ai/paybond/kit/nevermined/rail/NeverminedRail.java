package ai.paybond.kit.nevermined.rail;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolGuardBuilder;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.DeliveryRejectedException;
import ai.paybond.kit.journal.DeliveryReport;
import ai.paybond.kit.journal.EvidenceDelivery;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendHold;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedException;
import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.nevermined.PaymentFacilitator;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.Admission;
import ai.paybond.kit.nevermined.charge.Charge;
import ai.paybond.kit.nevermined.charge.ChargeCodes;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import ai.paybond.kit.nevermined.charge.ChargeRecord;
import ai.paybond.kit.nevermined.charge.DeliveryPolicy;
import ai.paybond.kit.nevermined.charge.Grant;
import ai.paybond.kit.wire.Digest32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sells tools for credits: verifies the caller's access token before a tool runs and settles after it. {@link #guard} makes a guard
 * for one payer's token; whatever works with a {@link ToolGuard} then works with payment, LangChain4j and Spring AI included. A spend
 * of the guard is counted in credits.
 *
 * <p>The reservation's name in the journal is the grant, sealed under the API key: a process that starts again settles what the one
 * before it left, under {@link #retryPending}. A settle whose outcome stays unknown parks its call with {@code settlement.unknown} and
 * is shown by {@link #desk()}'s {@link ChargeDesk#unresolved}; nothing repeats it. Thread-safe.
 */
public final class NeverminedRail implements ToolAuthority {
    private static final Logger log = LoggerFactory.getLogger(NeverminedRail.class);
    private static final String CURRENCY = "credits";

    private final ToolRequirements requirements;
    private final ChargeDesk desk;
    private final CallJournal journal;
    private final DeliveryPolicy policy;
    private final GrantSeal seal;
    private final String tenantId;
    private final Clock clock;

    private NeverminedRail(Builder parts) {
        this.requirements = new ToolRequirements(parts.tools, parts.schemes.apply(parts.clock));
        this.journal = parts.journal;
        this.desk = parts.desk.journal(journal).clock(parts.clock).build();
        this.policy = parts.policy;
        this.seal = new GrantSeal(parts.apiKey, new SecureRandom());
        this.tenantId = ChargeDesk.tenant(parts.apiKey);
        this.clock = parts.clock;
    }

    /** @param payments under the seller's key */
    public static Builder builder(NeverminedPayments payments) {
        return new Builder(
                ChargeDesk.builder(payments),
                clock -> payments.schemes(clock)::resolve,
                payments.options().apiKey());
    }

    /**
     * A rail that asks someone else than Nevermined, or asks it in another way.
     *
     * @param schemes finds a plan's scheme
     * @param apiKey the seller's; names the tenant and seals grants
     */
    public static Builder builder(
            PaymentFacilitator facilitator, Function<String, PaymentScheme> schemes, NeverminedApiKey apiKey) {
        return new Builder(ChargeDesk.builder(facilitator, ChargeDesk.tenant(apiKey)), clock -> schemes, apiKey);
    }

    /**
     * A guard for the calls of one payer. Make one per token; they share this rail's journal, reservations and limits.
     *
     * @param token the payer's; null makes a guard that refuses every paid call as {@code payment.token_missing}
     * @param tools what the payer may call; each side-effecting one has to be sold by this rail
     */
    public ToolGuardBuilder guard(@Nullable X402AccessToken token, ToolRegistry tools) {
        String secret = token == null ? "" : token.expose();
        String digest = Digest32.sha256(secret.getBytes(StandardCharsets.UTF_8)).hex();
        CapabilityBinding binding =
                new CapabilityBinding("nvm-" + digest.substring(0, 32), CapabilityToken.of(secret), CURRENCY);
        return ToolGuard.builder(binding, tools, this, CapabilityVerifier.remoteOnly(), tenantId)
                .journal(journal)
                .clock(clock)
                .managedEvidence();
    }

    /** What would pay for a tool; empty for one that is not sold. */
    public Optional<PaymentRequired> requirement(String toolName) {
        return requirements.of(toolName);
    }

    /** Where charges are made and looked up. */
    public ChargeDesk desk() {
        return desk;
    }

    @Override
    public Decision authorize(AuthorizationRequest request) {
        Optional<PaymentRequired> required = requirements.of(request.toolName());
        if (required.isEmpty()) {
            return denied("plan.undeclared", "no plan sells this tool");
        }
        if (request.token().isEmpty()) {
            return denied(ChargeCodes.TOKEN_MISSING, "the call carries no x402 access token");
        }
        X402AccessToken token;
        try {
            token = X402AccessToken.of(request.token().expose());
        } catch (NeverminedException e) {
            return denied("payment.token_malformed", "the x402 access token is not one word of ASCII");
        }
        Admission admission = desk.admit(required.get(), token, BigInteger.valueOf(request.spendCents()));
        if (admission instanceof Admission.Refused refused) {
            return Decision.Denied.because(reason(refused));
        }
        Grant grant = ((Admission.Admitted) admission).grant();
        return new Decision.Allowed(grant.requestId(), seal.seal(grant), null);
    }

    private static DenyReason reason(Admission.Refused refused) {
        return refused.denial() == null
                ? DenyReason.local(refused.code(), refused.message())
                : DenyReason.remote(refused.code(), refused.message());
    }

    private static Decision denied(String code, String message) {
        return Decision.Denied.because(DenyReason.local(code, message));
    }

    /** Settles, or gives the reservation back. */
    @Override
    public void complete(SpendHold hold, SpendOutcome outcome) {
        Grant grant = grant(hold.decisionId());
        if (outcome == SpendOutcome.RELEASED) {
            desk.release(grant);
            return;
        }
        BigInteger credits = credits(hold, grant);
        if (credits.signum() == 0) {
            desk.release(grant);
        } else {
            requireCharged(desk.charge(grant, credits));
        }
    }

    private Grant grant(String decisionId) {
        try {
            return seal.open(decisionId);
        } catch (PaybondException e) {
            throw new DeliveryRejectedException(e.code(), e.getMessage());
        }
    }

    /** What the meter says of the evidence, at most what was reserved; without a meter, what was reserved. */
    private BigInteger credits(SpendHold hold, Grant grant) {
        JournalEntry entry = journal.find(hold.key()).orElse(null);
        EvidenceEnvelope evidence = entry == null ? null : entry.envelope();
        CreditMeter meter = entry == null
                ? null
                : requirements
                        .plan(entry.facts().toolName())
                        .map(ToolPlan::meter)
                        .orElse(null);
        if (meter == null) {
            return grant.maxCredits();
        }
        if (evidence == null) {
            throw invalid("the tool's result proves nothing that could be metered");
        }
        return metered(meter, evidence).min(grant.maxCredits());
    }

    private static BigInteger metered(CreditMeter meter, EvidenceEnvelope evidence) {
        BigInteger credits;
        try {
            credits = meter.credits(evidence.payload());
        } catch (RuntimeException e) {
            log.error("a credit meter failed", e);
            throw invalid("the credit meter failed");
        }
        if (credits == null || credits.signum() < 0) {
            throw invalid("the credit meter gave no number of credits");
        }
        return credits;
    }

    private static DeliveryRejectedException invalid(String message) {
        return new DeliveryRejectedException(ChargeCodes.CREDITS_INVALID, message);
    }

    /** Nothing was charged and it may be tried again: stays pending. Anything else that is no receipt is for a person. */
    private static void requireCharged(Charge charge) {
        if (charge.settlement() instanceof Settlement.Failed failed) {
            String code = ChargeCodes.ofBackend(failed.code());
            if (failed.retryable()) {
                throw new PaybondException(code, "the payer was not charged yet");
            }
            throw new DeliveryRejectedException(code, "the payer could not be charged");
        }
        if (charge.settlement() instanceof Settlement.Unknown) {
            throw new DeliveryRejectedException(
                    ChargeCodes.SETTLEMENT_UNKNOWN, "whether the payer was charged is not known");
        }
    }

    /** Nevermined takes no evidence; it stays in the journal, which is where it is acknowledged. */
    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        return new DeliveryReceipt("journaled", null);
    }

    @Override
    public @Nullable PaybondException withheld(CallReceipt receipt) {
        if (policy == DeliveryPolicy.DELIVER_ALWAYS || receipt.decisionId() == null) {
            return null;
        }
        JournalEntry entry =
                journal.find(new CallKey(receipt.intentId(), receipt.callId())).orElse(null);
        if (entry == null) {
            return null;
        }
        String code = Objects.requireNonNullElse(entry.reasonCode(), "settlement.pending");
        return isKeptBack(entry, code) ? new PaymentFailedException(code) : null;
    }

    private boolean isKeptBack(JournalEntry entry, String code) {
        return switch (entry.spend()) {
            case REJECTED ->
                policy == DeliveryPolicy.WITHHOLD_UNLESS_SETTLED || !code.equals(ChargeCodes.SETTLEMENT_UNKNOWN);
            case HELD, RECONCILE_DUE, CONSUME_DUE -> policy == DeliveryPolicy.WITHHOLD_UNLESS_SETTLED;
            case NONE, CONSUMED, RELEASE_DUE, RELEASED -> false;
        };
    }

    /** How charging for a call came out; empty for calls that cost nothing or did not run. */
    public Optional<ChargeRecord> chargeOf(CallReceipt receipt) {
        String requestId = receipt.auditId();
        return requestId == null ? Optional.empty() : desk.find(requestId);
    }

    /** The backend's receipt for a call, if it was charged. */
    public Optional<SettlementReceipt> receiptOf(CallReceipt receipt) {
        return chargeOf(receipt).map(ChargeRecord::receipt);
    }

    /** Settles once what calls of this process or of one before it left unsettled, whoever the payer. */
    public DeliveryReport retryPending() {
        return EvidenceDelivery.builder(journal, this, EvidenceSealer.managed())
                .tenantId(tenantId)
                .clock(clock)
                .build()
                .retryPending();
    }

    /** Collects the parts of a rail. Not thread-safe. */
    public static final class Builder {
        private final ChargeDesk.Builder desk;
        private final Function<Clock, Function<String, PaymentScheme>> schemes;
        private final NeverminedApiKey apiKey;
        private final Map<String, ToolPlan> tools = new LinkedHashMap<>();
        private CallJournal journal = new InMemoryCallJournal();
        private DeliveryPolicy policy = DeliveryPolicy.WITHHOLD_ON_FAILURE;
        private Clock clock = Clock.systemUTC();

        private Builder(
                ChargeDesk.Builder desk,
                Function<Clock, Function<String, PaymentScheme>> schemes,
                NeverminedApiKey apiKey) {
            this.desk = desk;
            this.schemes = Objects.requireNonNull(schemes, "schemes");
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        }

        /**
         * Sells a tool. A tool that no plan sells is denied with {@code plan.undeclared}.
         *
         * @throws ConfigurationException {@code plan.duplicate} if the tool is sold already
         */
        public Builder tool(String toolName, ToolPlan plan) {
            if (tools.putIfAbsent(toolName, plan) != null) {
                throw new ConfigurationException("plan.duplicate", "a tool is sold once");
            }
            return this;
        }

        /** Where calls and settles are written down; in memory by default. The rail does not close it. */
        public Builder journal(CallJournal kept) {
            this.journal = Objects.requireNonNull(kept, "journal");
            return this;
        }

        /** {@link DeliveryPolicy#WITHHOLD_ON_FAILURE} by default. Guards that defer delivery withhold only under the strictest. */
        public Builder deliveryPolicy(DeliveryPolicy chosen) {
            this.policy = Objects.requireNonNull(chosen, "policy");
            return this;
        }

        /** The system's UTC clock by default. */
        public Builder clock(Clock time) {
            this.clock = Objects.requireNonNull(time, "clock");
            return this;
        }

        /** The desk's settings: limits of tokens, listeners and times. Journal and clock are the rail's. */
        public ChargeDesk.Builder desk() {
            return desk;
        }

        /** Asks nothing yet. */
        public NeverminedRail build() {
            return new NeverminedRail(this);
        }
    }
}
