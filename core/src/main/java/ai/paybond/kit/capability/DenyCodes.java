package ai.paybond.kit.capability;

/**
 * The stable codes of local refusals, so that a caller compares a name and not a text. The set is open: an authority
 * may answer with codes of its own, and the guard adds those of its own checks.
 */
public final class DenyCodes {

    /** No token, or nothing to check it against. */
    public static final String CAPABILITY_MISSING = "capability.missing";
    /** Not base64, not a Biscuit, or a Biscuit without the facts that the capability profile requires. */
    public static final String CAPABILITY_MALFORMED = "capability.malformed";
    /** The encoded token is longer than {@link CapabilityLimits#maxEncodedLength()}. */
    public static final String CAPABILITY_TOO_LARGE = "capability.too_large";
    /** A well-formed Biscuit that uses a feature outside the capability profile. */
    public static final String CAPABILITY_UNSUPPORTED = "capability.unsupported";
    /** The token holds more blocks, facts, symbols, checks or joins than {@link CapabilityLimits} allows. */
    public static final String CAPABILITY_LIMIT_EXCEEDED = "capability.limit_exceeded";
    /** A signature of the chain does not hold, is malleable, or belongs to an unsafe key. */
    public static final String CAPABILITY_SIGNATURE_INVALID = "capability.signature_invalid";
    /** The token names no root key, or one that is not pinned here. */
    public static final String CAPABILITY_UNKNOWN_ROOT_KEY = "capability.unknown_root_key";
    /** The token was revoked. */
    public static final String CAPABILITY_REVOKED = "capability.revoked";
    /** Whether the token was revoked could not be found out. */
    public static final String CAPABILITY_REVOCATION_UNKNOWN = "capability.revocation_unknown";
    /** The token was granted to another tenant realm, or none is expected. */
    public static final String CAPABILITY_TENANT_MISMATCH = "capability.tenant_mismatch";
    /** The token was granted for another intent, or none is expected. */
    public static final String CAPABILITY_INTENT_MISMATCH = "capability.intent_mismatch";
    /** The token's limit is in another currency than the spend. */
    public static final String CAPABILITY_CURRENCY_MISMATCH = "capability.currency_mismatch";
    /** The token is no longer valid. */
    public static final String CAPABILITY_EXPIRED = "capability.expired";
    /** The clock shows a time that no token can be judged at. */
    public static final String CAPABILITY_CLOCK_INVALID = "capability.clock_invalid";
    /** The call's arguments are too many or too long to be checked. */
    public static final String CAPABILITY_ARGUMENTS_UNBOUNDED = "capability.arguments_unbounded";
    /** A check inside the token did not hold, usually one that was added when the token was narrowed. */
    public static final String CAPABILITY_CHECK_FAILED = "capability.check_failed";
    /** The holder's key was dropped, so that the token cannot be narrowed any further. */
    public static final String CAPABILITY_SEALED = "capability.sealed";
    /** A block is signed by a third party that is neither a configured approver nor the holder. */
    public static final String CAPABILITY_APPROVER_UNKNOWN = "capability.approver_unknown";
    /** A third party's block was made for another token, or for another place in this one. */
    public static final String CAPABILITY_BLOCK_MISPLACED = "capability.block_misplaced";
    /** The token did not come about by narrowing the one that it was delegated from. */
    public static final String CAPABILITY_NOT_NARROWED = "capability.not_narrowed";
    /** What is delegated names an operation that the capability does not cover, or covers no longer. */
    public static final String CAPABILITY_OPERATION_WIDENED = "capability.operation_widened";
    /** What is delegated allows more money than the capability does. */
    public static final String CAPABILITY_SPEND_WIDENED = "capability.spend_widened";
    /** What is delegated lasts longer than the capability does. */
    public static final String CAPABILITY_EXPIRY_WIDENED = "capability.expiry_widened";
    /** The token names a holder and the call comes without a holder's proof. */
    public static final String HOLDER_PROOF_MISSING = "holder.proof_missing";
    /** The holder's proof cannot be read, or is a signature over something else than this call. */
    public static final String HOLDER_PROOF_INVALID = "holder.proof_invalid";
    /** The holder's proof is older or newer than the clock allows. */
    public static final String HOLDER_PROOF_EXPIRED = "holder.proof_expired";
    /** The holder's proof was used before. */
    public static final String HOLDER_PROOF_REPLAYED = "holder.proof_replayed";
    /** Another key signed than the one that the token names, or the token asks for two. */
    public static final String HOLDER_KEY_MISMATCH = "holder.key_mismatch";
    /** So many proofs are remembered that no further one can be told from a replay. */
    public static final String HOLDER_PROOFS_EXHAUSTED = "holder.proofs_exhausted";
    /** The operation is not among the granted ones. */
    public static final String OPERATION_NOT_ALLOWED = "operation_not_allowed";
    /** The spend is above the granted maximum. */
    public static final String BUDGET_EXCEEDED = "budget_exceeded";
    /** The spend is negative or no amount of cents. */
    public static final String SPEND_INVALID = "spend.invalid";

    private DenyCodes() {}
}
