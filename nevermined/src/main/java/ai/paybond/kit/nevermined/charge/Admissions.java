package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.nevermined.BackendError;
import ai.paybond.kit.nevermined.PaymentFacilitator;
import ai.paybond.kit.nevermined.PaymentPayload;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PlanBalance;
import ai.paybond.kit.nevermined.Verification;
import ai.paybond.kit.nevermined.VerifyRequest;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.Admission.Admitted;
import ai.paybond.kit.nevermined.charge.Admission.Refused;
import ai.paybond.kit.nevermined.charge.CreditHolds.Promised;
import ai.paybond.kit.wire.Digest32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Verifies and reserves. */
final class Admissions {
    private static final int MAX_BITS = 256;
    private static final int MAX_LOOKS = 64;
    private static final Duration CHARGING_TAKES = Duration.ofSeconds(1);

    private final PaymentFacilitator facilitator;
    private final BiFunction<String, String, Optional<BigInteger>> balances;
    private final TokenUses uses;
    private final CreditHolds holds;
    private final Duration verifyPause;
    private final Supplier<String> ids;
    private final Observers observers;

    /** Where each open grant has its credits and its token counted. */
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    Admissions(ChargeDesk.Builder parts, Observers observers) {
        this.facilitator = parts.facilitator;
        this.balances = parts.balances;
        this.uses = new TokenUses(parts.tokenLimits, parts.clock);
        this.holds = new CreditHolds(parts.holdFor, parts.clock);
        this.verifyPause = parts.verifyPause;
        this.ids = parts.ids;
        this.observers = observers;
    }

    private record Open(CreditHolds.Account account, String token) {}

    /** What is asked, before the backend has said who pays. */
    private record Asked(PaymentRequired required, X402AccessToken token, BigInteger credits, String tokenDigest) {}

    Admission admit(PaymentRequired required, @Nullable X402AccessToken token, BigInteger credits) {
        Admission admission = token == null
                ? refused(required, ChargeCodes.TOKEN_MISSING, "the call carries no x402 access token", false)
                : counted(new Asked(required, token, credits, digest(token)));
        if (admission instanceof Refused refusal) {
            observers.tell(listener -> listener.refused(refusal));
        }
        return admission;
    }

    private Admission counted(Asked asked) {
        if (asked.credits().signum() < 0 || asked.credits().bitLength() > MAX_BITS) {
            return refused(asked.required(), ChargeCodes.CREDITS_INVALID, "not a number of credits", false);
        }
        Optional<String> bounded = uses.begin(asked.tokenDigest());
        if (bounded.isPresent()) {
            return refused(asked.required(), bounded.get(), "the token is used more than it may be", true);
        }
        boolean admitted = false;
        try {
            Admission admission = verified(asked);
            admitted = admission instanceof Admitted;
            return admission;
        } finally {
            if (!admitted) {
                uses.end(asked.tokenDigest());
            }
        }
    }

    private Admission verified(Asked asked) {
        long begun = holds.now();
        Verification answer = verify(asked);
        if (!(answer instanceof Verification.Valid valid)) {
            return denied(asked, (Verification.Denied) answer);
        }
        CreditHolds.Account account = holds.account(planId(asked, valid), payerOrToken(asked, valid));
        account.admission.lock();
        try {
            return account.isUntouchedSince(begun) ? hold(asked, valid, account) : contended(asked, account);
        } finally {
            account.admission.unlock();
        }
    }

    /** Other calls of the payer run or ran meanwhile: their credits and this call's must be there together. */
    private Admission contended(Asked asked, CreditHolds.Account account) {
        for (int look = 1; look < MAX_LOOKS; look++) {
            Promised before = account.promised();
            Admission admission = lookAgain(asked, account, before.credits());
            boolean isCalm = !before.isSettling() && account.promised().changedAt() == before.changedAt();
            if (admission instanceof Admitted || isCalm || !awaited(account, before)) {
                return admission;
            }
        }
        return lookAgain(asked, account, account.promised().credits());
    }

    private Admission lookAgain(Asked asked, CreditHolds.Account account, BigInteger promised) {
        Verification answer = verify(asked);
        if (!(answer instanceof Verification.Valid valid)) {
            return denied(asked, (Verification.Denied) answer);
        }
        if (promised.signum() == 0 || asked.credits().signum() == 0) {
            return hold(asked, valid, account);
        }
        Optional<BigInteger> balance = balance(asked, valid);
        if (balance.isEmpty()) {
            return refused(
                    asked.required(),
                    ChargeCodes.CREDITS_UNCONFIRMED,
                    "other calls are running and the balance is not known",
                    true);
        }
        boolean enough = balance.get().compareTo(promised.add(asked.credits())) >= 0;
        return enough
                ? hold(asked, valid, account)
                : refused(
                        asked.required(), ChargeCodes.CREDITS_RESERVED, "the credits are taken by running calls", true);
    }

    /** A balance that was read while a call was being charged says too little; it is read again once that is over. */
    private static boolean awaited(CreditHolds.Account account, Promised since) {
        try {
            account.awaitChange(since, CHARGING_TAKES);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Admitted hold(Asked asked, Verification.Valid valid, CreditHolds.Account account) {
        String agentRequestId = valid.agentRequestId().orElse(null);
        Grant grant = new Grant(
                agentRequestId == null ? "local-" + ids.get() : agentRequestId,
                asked.required(),
                asked.token(),
                asked.credits(),
                agentRequestId,
                planId(asked, valid),
                payer(valid).orElse(null));
        account.hold(grant.requestId(), asked.credits());
        open.put(grant.requestId(), new Open(account, asked.tokenDigest()));
        return new Admitted(grant);
    }

    /** Ends a grant; one that was ended, or was made by a process before this one, is nothing to end. */
    void end(Grant grant) {
        Open ended = open.remove(grant.requestId());
        if (ended == null) {
            return;
        }
        ended.account().release(grant.requestId());
        uses.end(ended.token());
    }

    /** Says that a grant is being charged, and that it no longer is. */
    void charging(Grant grant, boolean now) {
        Open charged = open.get(grant.requestId());
        if (charged != null && now) {
            charged.account().settling(grant.requestId());
        } else if (charged != null) {
            charged.account().settled(grant.requestId());
        }
    }

    private Verification verify(Asked asked) {
        VerifyRequest request = new VerifyRequest(
                asked.required(), asked.token(), asked.credits().signum() == 0 ? null : asked.credits());
        observers.tell(listener -> listener.beforeVerify(asked.required()));
        Verification answer = facilitator.verify(request);
        if (isWorthRepeating(answer) && paused()) {
            answer = facilitator.verify(request);
        }
        Verification told = answer;
        observers.tell(listener -> listener.afterVerify(asked.required(), told));
        return answer;
    }

    /** Verifying burns nothing, so it may be repeated when the backend says that it is only busy. */
    private static boolean isWorthRepeating(Verification answer) {
        @Nullable BackendError error = answer instanceof Verification.Denied denied ? denied.error() : null;
        return error != null && error.status() == 503 && error.retryable();
    }

    private boolean paused() {
        try {
            Thread.sleep(verifyPause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Refused denied(Asked asked, Verification.Denied denied) {
        String message = denied.how() == Verification.Denial.NOT_VALID
                ? "Insufficient credits or invalid token"
                : "the payment could not be verified";
        return new Refused(
                ChargeCodes.ofBackend(denied.code()),
                message,
                asked.required().withError(message),
                denied.retryable() || denied.how() == Verification.Denial.NO_REPLY,
                denied);
    }

    private static Refused refused(PaymentRequired required, String code, String message, boolean retryable) {
        return new Refused(code, message, required.withError(message), retryable, null);
    }

    private Optional<BigInteger> balance(Asked asked, Verification.Valid valid) {
        Optional<BigInteger> told = told(valid).flatMap(PlanBalance::balance);
        return told.isPresent() ? told : payer(valid).flatMap(payer -> balances.apply(planId(asked, valid), payer));
    }

    private static Optional<PlanBalance> told(Verification.Valid valid) {
        return valid.agentRequest()
                .flatMap(request -> request.object("balance"))
                .map(PlanBalance::new);
    }

    private static Optional<String> payer(Verification.Valid valid) {
        return valid.payer().or(() -> told(valid).flatMap(PlanBalance::holderAddress));
    }

    private static String payerOrToken(Asked asked, Verification.Valid valid) {
        return payer(valid).orElse(asked.tokenDigest());
    }

    /** Of several plans that would pay, the one that the backend names, else the one that the token is for. */
    private static String planId(Asked asked, Verification.Valid valid) {
        Optional<String> named = told(valid)
                .flatMap(PlanBalance::planId)
                .or(() -> asked.token().decode().flatMap(PaymentPayload::planId))
                .filter(id -> asked.required().accepts().stream()
                        .anyMatch(accepted -> accepted.planId().equals(id)));
        return named.orElseGet(() -> asked.required().accepts().get(0).planId());
    }

    private static String digest(X402AccessToken token) {
        return Digest32.sha256(token.expose().getBytes(StandardCharsets.US_ASCII))
                .hex();
    }
}
