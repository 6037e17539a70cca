package ai.paybond.kit.examples.demo;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.GuardListener;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches one agent's guard: prints what it decides and counts it. */
final class CallTally implements GuardListener {
    private final Transcript transcript;
    private final List<Decision> decisions = new CopyOnWriteArrayList<>();
    private final List<CallReceipt> executed = new CopyOnWriteArrayList<>();
    private final List<CallReceipt> failed = new CopyOnWriteArrayList<>();
    private final Map<String, SpendStatus> spends = new ConcurrentHashMap<>();

    CallTally(Transcript transcript) {
        this.transcript = transcript;
    }

    int allowed() {
        return (int)
                decisions.stream().filter(Decision.Allowed.class::isInstance).count();
    }

    int failed() {
        return failed.size();
    }

    /** Whether every reservation for a call that failed was given back. */
    boolean holdsNothingForFailures() {
        return failed.stream()
                .map(receipt -> spends.getOrDefault(receipt.callId(), SpendStatus.NONE))
                .allMatch(spend -> spend == SpendStatus.RELEASED || spend == SpendStatus.NONE);
    }

    /** The calls whose evidence the authority acknowledged. */
    List<CallReceipt> delivered() {
        return executed.stream()
                .filter(receipt -> receipt.evidence() == EvidenceStatus.DELIVERED)
                .toList();
    }

    List<DenyReason> denials() {
        return decisions.stream()
                .filter(Decision.Denied.class::isInstance)
                .map(decision -> ((Decision.Denied) decision).reason())
                .toList();
    }

    @Override
    public void journaled(JournalEntry entry) {
        spends.put(entry.key().callId(), entry.spend());
    }

    @Override
    public void decided(ToolCall call, Decision decision) {
        decisions.add(decision);
        if (decision instanceof Decision.Allowed allowed) {
            transcript.line("allowed", describe(call) + left(allowed));
        } else if (decision instanceof Decision.Denied denied) {
            transcript.line(
                    "refused",
                    describe(call) + " " + Transcript.refusedBy(denied.reason()) + ": "
                            + denied.reason().code());
        } else {
            transcript.line("held", describe(call) + " until a person approves it");
        }
    }

    @Override
    public void executed(ToolCall call, CallReceipt receipt) {
        executed.add(receipt);
        transcript.line("ran", call.toolName() + "; " + proof(receipt));
    }

    @Override
    public void failed(ToolCall call, CallReceipt receipt, Throwable thrown) {
        failed.add(receipt);
        transcript.line("failed", call.toolName() + ": " + thrown.getMessage() + "; " + fate(receipt));
    }

    private static String describe(ToolCall call) {
        return call.toolName() + " " + call.arguments().toJson();
    }

    private static String left(Decision.Allowed allowed) {
        Long cents = allowed.remainingCents();
        return cents == null ? "" : ", " + Transcript.money(cents) + " left";
    }

    private static String proof(CallReceipt receipt) {
        return switch (receipt.evidence()) {
            case DELIVERED ->
                "evidence delivered, predicate "
                        + (Boolean.TRUE.equals(receipt.predicatePassed()) ? "passed" : "not passed");
            case NONE -> "no evidence asked for";
            case PENDING -> "evidence pending";
            case REJECTED -> "evidence refused";
            case UNMAPPED -> "evidence unmapped";
        };
    }

    private static String shortDigest(CallReceipt receipt) {
        String digest = receipt.payloadDigestHex();
        return digest == null ? "" : digest.substring(0, 12);
    }

    private String fate(CallReceipt receipt) {
        return switch (spends.getOrDefault(receipt.callId(), SpendStatus.NONE)) {
            case NONE -> "nothing was reserved";
            case RELEASED -> Transcript.money(receipt.spendCents()) + " released";
            case HELD -> Transcript.money(receipt.spendCents()) + " held";
            case RECONCILE_DUE, CONSUME_DUE, CONSUMED -> Transcript.money(receipt.spendCents()) + " spent";
            case RELEASE_DUE, REJECTED -> Transcript.money(receipt.spendCents()) + " not released";
        };
    }
}
