package ai.paybond.kit.guard;

/**
 * The stable codes of the guard's own refusals; those of the capability check are in
 * {@link ai.paybond.kit.capability.DenyCodes}, and an authority may answer with codes of its own.
 */
public final class GuardCodes {
    /** The tool is not in the registry, or the call names none. */
    public static final String TOOL_UNDECLARED = "tool.undeclared";
    /** The arguments are not one JSON object within limits. */
    public static final String ARGUMENTS_MALFORMED = "arguments.malformed";
    /** The arguments can be read in two ways, such as a name given twice or a number that does not survive a round trip. */
    public static final String ARGUMENTS_AMBIGUOUS = "arguments.ambiguous";
    /** The call's id is longer than 256 characters. */
    public static final String CALL_ID_TOO_LONG = "call.id_too_long";
    /** The id belongs to a call with another tool or other arguments. */
    public static final String CALL_ARGUMENTS_CHANGED = "call.arguments_changed";
    /** The call ran, and its result is no longer at hand. It is not run again. */
    public static final String CALL_ALREADY_RAN = "call.already_ran";
    /** The call was started before and what came of it is not known. It is not run again. */
    public static final String CALL_IN_DOUBT = "call.in_doubt";
    /** The authority answered with a reservation that was or is to be given back. A repetition gets a new one. */
    public static final String CALL_UNSETTLED = "call.unsettled";
    /** A tool called itself under its own call id. */
    public static final String CALL_REENTRANT = "call.reentrant";
    /** The thread was interrupted while it waited for the same call on another thread. */
    public static final String CALL_INTERRUPTED = "call.interrupted";
    /** Whoever asked for the call took it back before the tool ran. */
    public static final String CALL_CANCELLED = "call.cancelled";
    /** The executor that the call was to run on did not take it. */
    public static final String CALL_NOT_SCHEDULED = "call.not_scheduled";
    /** The tool was still running when its time was up; the call is in doubt. */
    public static final String CALL_TIMED_OUT = "call.timed_out";
    /** The call's deadline passed before the tool ran. */
    public static final String CALL_DEADLINE_PASSED = "call.deadline_passed";
    /** No call waits for an answer under this id. */
    public static final String CALL_NOT_HELD = "call.not_held";
    /** The tool's declaration wants a person's approval. */
    public static final String APPROVAL_REQUIRED = "approval.required";
    /** A person rejected the call. It is not asked for again under this id. */
    public static final String APPROVAL_REJECTED = "approval.rejected";
    /** Nobody answered in time. The call is not asked for again under this id. */
    public static final String APPROVAL_EXPIRED = "approval.expired";
    /** A person changed the arguments; what was asked for is not made, and what the person wants has another id. */
    public static final String APPROVAL_EDITED = "approval.edited";
    /** Price, operation or tenant are no longer those of the call that was held. */
    public static final String APPROVAL_TERMS_CHANGED = "approval.terms_changed";
    /** The capability could not be judged. */
    public static final String CAPABILITY_UNVERIFIABLE = "capability.unverifiable";
    /** The authority is out of reach, and the call costs more than one offline call may. */
    public static final String OFFLINE_SPEND_EXCEEDED = "offline.spend_exceeded";
    /** The authority is out of reach, and the offline allowance is used up. */
    public static final String OFFLINE_ALLOWANCE_EXHAUSTED = "offline.allowance_exhausted";
    /** The authority is out of reach, and its latest answer is too long ago, or there is none. */
    public static final String OFFLINE_TOO_LONG = "offline.too_long";
    /** The authority is out of reach, and the capability was not verified here. */
    public static final String OFFLINE_UNVERIFIED = "offline.unverified";
    /** The authority is out of reach, and the call spends nothing, so that an allowance cannot count it. */
    public static final String OFFLINE_NOT_COUNTABLE = "offline.not_countable";
    /** The authority is out of reach, and a person approved the call, which the authority could not be told afterwards. */
    public static final String OFFLINE_APPROVED = "offline.approved";
    /** The authority is out of reach, and the holder's proof came with the call, so that there would be none afterwards. */
    public static final String OFFLINE_UNPROVABLE = "offline.unprovable";
    /** A call ran offline, and the authority does not accept it afterwards; it is parked for a person. */
    public static final String OFFLINE_REFUSED_ON_RETURN = "offline.refused_on_return";
    /** The holder's key could not sign the call. */
    public static final String HOLDER_SIGNER_FAILED = "holder.signer_failed";
    /** A capability from elsewhere could not be verified here. */
    public static final String DELEGATION_UNVERIFIED = "delegation.unverified";
    /** A run was to be delegated more than {@link GuardRun#MAX_DEPTH} times. */
    public static final String DELEGATION_TOO_DEEP = "delegation.too_deep";
    /** A sub-run was to spend more than the runs above it. */
    public static final String DELEGATION_BUDGET_WIDENED = "delegation.budget_widened";
    /** A tool was to be delegated that the guard does not have. */
    public static final String DELEGATION_TOOL_UNKNOWN = "delegation.tool_unknown";
    /** The authority gave no answer. */
    public static final String AUTHORITY_UNREACHABLE = "authority.unreachable";
    /** The authority gave an answer that is none. */
    public static final String AUTHORITY_PROTOCOL_ERROR = "authority.protocol_error";
    /** The journal could not be asked, or could not keep that the call is about to run. */
    public static final String JOURNAL_UNAVAILABLE = "journal.unavailable";
    /** The call costs more than is left of a budget that it shares with other calls. */
    public static final String SPEND_BUDGET_EXCEEDED = "spend.budget_exceeded";
    /** The guard itself failed before the tool ran. */
    public static final String GUARD_FAULT = "guard.fault";

    private GuardCodes() {}
}
