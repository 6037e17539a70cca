package ai.paybond.kit.guard;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalAnswer.Approved;
import ai.paybond.kit.approval.ApprovalAnswer.Edited;
import ai.paybond.kit.approval.ApprovalAnswer.Rejected;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.HoldLog.Hold;
import ai.paybond.kit.guard.HoldVerdict.Blocked;
import ai.paybond.kit.guard.HoldVerdict.Closed;
import ai.paybond.kit.guard.HoldVerdict.GoOn;
import ai.paybond.kit.guard.HoldVerdict.Waiting;
import ai.paybond.kit.guard.Resolution.Resolved;
import ai.paybond.kit.guard.Resolution.Unresolvable;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where calls wait for a person: {@link #hold} takes one in, {@link #resume} takes it up again. An answer counts for the
 * stored call and for nothing else; whatever is no answer leaves the call waiting.
 */
final class ApprovalDesk {
    private static final Logger log = LoggerFactory.getLogger(ApprovalDesk.class);
    private static final DenyReason EDITED =
            DenyReason.local(GuardCodes.APPROVAL_EDITED, "a person wants these arguments instead");
    private static final int LONGEST_PREFIX = 200;
    private static final int DEEPEST = 512;

    /** Here, at the authority, and once more for an authority that wants two people; whoever asks on is not believed. */
    private static final int MOST_APPROVALS = 3;

    private final HoldLog holds;
    private final CallIntake intake;
    private final @Nullable Approver approver;
    private final RememberedAnswers remembered = new RememberedAnswers();
    private final CapabilityBinding binding;
    private final String tenantId;
    private final Listeners listeners;
    private final Clock clock;

    ApprovalDesk(
            HoldLog holds,
            CallIntake intake,
            @Nullable Approver approver,
            CapabilityBinding binding,
            String tenantId,
            Listeners listeners,
            Clock clock) {
        this.holds = holds;
        this.intake = intake;
        this.approver = approver;
        this.binding = binding;
        this.tenantId = tenantId;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Keeps that a call waits, durably, and only then asks whoever can be asked at once. */
    HoldVerdict hold(ResolvedCall call, Decision.ApprovalRequired wanted) {
        Hold hold = holds.keep(call, wanted);
        if (hold instanceof Hold.Lost lost) {
            return new Blocked(call.call(), lost.reason());
        }
        Hold.Kept kept = (Hold.Kept) hold;
        Decision.ApprovalRequired decision = decisionOn(call, kept, wanted);
        listeners.tell(listener -> listener.decided(call.call(), decision));
        return isToBeAsked(call, kept)
                ? settle(call, kept, decision, ask(requestOf(call, kept)))
                : new Waiting(decision);
    }

    /** An approval that did not help is not asked for again. */
    private static boolean isToBeAsked(ResolvedCall call, Hold.Kept kept) {
        Approval had = call.approval();
        return had == null
                || (had.count() < MOST_APPROVALS
                        && !Objects.equals(had.requestId(), kept.held().approvalRequestId()));
    }

    private ApprovalAnswer ask(ApprovalRequest request) {
        ApprovalAnswer earlier = remembered.take(request);
        if (earlier != null || approver == null) {
            return earlier == null ? ApprovalAnswer.pending() : earlier;
        }
        try {
            ApprovalAnswer answer = approver.decide(request);
            return answer == null ? ApprovalAnswer.pending() : answer;
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            log.warn("the approver gave no answer on {}; the call stays held", request, e);
            return ApprovalAnswer.pending();
        }
    }

    /** Takes up a call that waits, in this process or another. */
    HoldVerdict resume(CallKey key, ApprovalAnswer answer) {
        Hold hold = holds.find(key);
        if (hold instanceof Hold.Lost lost) {
            return new Blocked(namedOnly("", key), lost.reason());
        }
        Hold.Kept kept = (Hold.Kept) hold;
        if (kept.held().isExpired(clock.instant())) {
            return close(callOf(kept), kept, GuardCodes.APPROVAL_EXPIRED, null);
        }
        Resolution resolution = stored(kept);
        if (resolution instanceof Unresolvable gone) {
            return new Blocked(gone.call(), gone.reason());
        }
        ResolvedCall call = ((Resolved) resolution).call();
        DenyReason other = whatDiffers(call, kept.entry());
        return other == null
                ? settle(call, kept, decisionOn(call, kept, null), answer)
                : new Blocked(call.call(), other);
    }

    /** Answers a call without making it: a rejection holds at once, an approval for the next call with this id. */
    HoldVerdict answer(CallKey key, ApprovalAnswer answer) {
        HoldVerdict verdict = resume(key, answer);
        Approval approval = verdict instanceof GoOn goOn ? goOn.call().approval() : null;
        if (approval != null) {
            CallKey answered = ((GoOn) verdict).call().key();
            remembered.put(answered, approval.requestId(), new Approved(approval.token()));
        }
        return verdict;
    }

    /** The arguments are those that were stored; they are read and checked like any others. */
    private Resolution stored(Hold.Kept kept) {
        String json = kept.held().argumentsJson();
        ToolCall call = callOf(kept);
        try {
            JsonLimits limits = new JsonLimits(Math.max(1, json.length()), DEEPEST, JsonLimits.DuplicateKeys.REFUSE);
            return intake.resolve(ToolCall.of(call.toolName(), call.callId(), JsonObject.parse(json, limits)));
        } catch (JsonException e) {
            return new Unresolvable(
                    call, DenyReason.local(GuardCodes.ARGUMENTS_MALFORMED, "the stored arguments cannot be read"));
        }
    }

    /** Names the call where its arguments are of no concern. */
    private static ToolCall callOf(Hold.Kept kept) {
        return namedOnly(kept.entry().facts().toolName(), kept.entry().key());
    }

    private static ToolCall namedOnly(String toolName, CallKey key) {
        return ToolCall.of(toolName, key.callId(), JsonObject.builder().build());
    }

    /** A person was asked about these facts; a rule or a declaration that changed since is another question. */
    private @Nullable DenyReason whatDiffers(ResolvedCall call, JournalEntry entry) {
        if (!entry.facts().tenantId().equals(tenantId)) {
            return ApprovalReasons.OTHER_TENANT;
        }
        if (!entry.isSameRequest(call.facts())) {
            return CallLog.whyBlocked(entry, call.facts());
        }
        return entry.facts().equals(call.facts()) ? null : ApprovalReasons.TERMS_CHANGED;
    }

    private HoldVerdict settle(
            ResolvedCall call, Hold.Kept kept, Decision.ApprovalRequired decision, ApprovalAnswer answer) {
        if (answer instanceof Approved approved) {
            tellAnswered(call, kept, answer);
            return new GoOn(call.approvedBy(approval(call, kept.held().approvalRequestId(), approved.token())));
        }
        if (answer instanceof Rejected rejected) {
            tellAnswered(call, kept, answer);
            return close(call.call(), kept, GuardCodes.APPROVAL_REJECTED, ApprovalReasons.quotable(rejected.reason()));
        }
        if (answer instanceof Edited edited) {
            tellAnswered(call, kept, answer);
            return edit(call, kept, edited.arguments());
        }
        return new Waiting(decision);
    }

    private static Approval approval(ResolvedCall call, @Nullable String requestId, @Nullable ApprovalToken token) {
        int before = call.approval() == null ? 0 : call.approval().count();
        return new Approval(requestId, token, before + 1);
    }

    private HoldVerdict close(ToolCall call, Hold.Kept kept, String code, @Nullable String words) {
        Optional<DenyReason> obstacle = holds.close(kept.entry(), code, words);
        if (obstacle.isPresent()) {
            return new Blocked(call, obstacle.get());
        }
        Decision.Denied denied = Decision.Denied.because(ApprovalReasons.because(code, words));
        listeners.tell(listener -> listener.decided(call, denied));
        return new Closed(denied);
    }

    /**
     * What a person wants instead is another call, linked by its id, and the authority is asked about it like about any
     * other. It waits before the first one ends, so that a process that dies in between loses neither.
     */
    private HoldVerdict edit(ResolvedCall call, Hold.Kept kept, JsonObject arguments) {
        Resolution resolution = intake.resolve(new ToolCall(
                call.call().toolName(),
                idOfEdited(call, arguments),
                arguments,
                call.call().deadline()));
        if (resolution instanceof Unresolvable invalid) {
            return new Blocked(call.call(), invalid.reason());
        }
        ResolvedCall edited = ((Resolved) resolution).call().watchedBy(call.watch());
        if (edited.facts().callDigest().equals(call.facts().callDigest())) {
            return new GoOn(call.approvedBy(approval(call, kept.held().approvalRequestId(), null)));
        }
        Decision.ApprovalRequired asked = new Decision.ApprovalRequired(ApprovalGate.requestId(edited), null, EDITED);
        Optional<DenyReason> obstacle = holds.keep(edited, asked) instanceof Hold.Lost lost
                ? Optional.of(lost.reason())
                : holds.close(
                        kept.entry(), GuardCodes.APPROVAL_EDITED, edited.key().callId());
        return obstacle.isPresent()
                ? new Blocked(call.call(), obstacle.get())
                : new GoOn(edited.approvedBy(approval(call, asked.approvalRequestId(), null)));
    }

    /** The same for the same edit, so that a person who answers twice makes one call. */
    private static String idOfEdited(ResolvedCall call, JsonObject arguments) {
        String id = call.key().callId();
        String prefix = id.substring(0, Math.min(id.length(), LONGEST_PREFIX));
        String both = JsonArray.of(List.of(id, arguments)).toJson();
        String digest = Digest32.sha256(both.getBytes(StandardCharsets.UTF_8)).hex();
        return prefix + "~edited-" + digest.substring(0, 32);
    }

    /** Everything that waits here and is not too late. */
    List<ApprovalRequest> waiting() {
        return holds.waiting(binding.intentId()).stream()
                .flatMap(kept -> stored(kept) instanceof Resolved resolved
                        ? Optional.of(requestOf(resolved.call(), kept)).stream()
                        : Optional.<ApprovalRequest>empty().stream())
                .toList();
    }

    private void tellAnswered(ResolvedCall call, Hold.Kept kept, ApprovalAnswer answer) {
        ApprovalRequest request = requestOf(call, kept);
        listeners.tell(listener -> listener.answered(request, answer));
    }

    private static Decision.ApprovalRequired decisionOn(
            ResolvedCall call, Hold.Kept kept, Decision.@Nullable ApprovalRequired wanted) {
        String code = Objects.requireNonNullElse(kept.entry().reasonCode(), GuardCodes.APPROVAL_REQUIRED);
        return new Decision.ApprovalRequired(
                kept.held().approvalRequestId(),
                wanted == null ? null : wanted.decisionId(),
                ApprovalGate.digestOf(call.call()),
                kept.held().expiresAt(),
                wanted == null ? DenyReason.local(code, "a person has to approve this call") : wanted.reason());
    }

    private ApprovalRequest requestOf(ResolvedCall call, Hold.Kept kept) {
        JournalEntry entry = kept.entry();
        return new ApprovalRequest(
                kept.held().approvalRequestId(),
                entry.facts().tenantId(),
                entry.key().intentId(),
                entry.key().callId(),
                entry.facts().toolName(),
                entry.facts().operation(),
                entry.facts().spendCents(),
                binding.currency(),
                call.call().arguments(),
                ApprovalGate.digestOf(call.call()),
                Objects.requireNonNullElse(entry.reasonCode(), GuardCodes.APPROVAL_REQUIRED),
                kept.held().heldAt(),
                Objects.requireNonNullElse(kept.held().expiresAt(), Instant.MAX));
    }
}
