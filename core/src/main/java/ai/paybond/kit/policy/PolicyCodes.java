package ai.paybond.kit.policy;

/** Why a policy is refused. Codes are stable. */
public final class PolicyCodes {
    /** The file could not be read. */
    public static final String UNREADABLE = "policy.unreadable";
    /** More than 256 KiB. */
    public static final String TOO_LARGE = "policy.too_large";
    /** Nested more than 32 levels deep. */
    public static final String TOO_DEEP = "policy.too_deep";
    /** Not UTF-8. */
    public static final String ENCODING = "policy.encoding";
    /** Not well-formed YAML. */
    public static final String SYNTAX = "policy.syntax";
    /** No document. */
    public static final String EMPTY = "policy.empty";
    /** More than one document. */
    public static final String MULTIPLE_DOCUMENTS = "policy.multiple_documents";
    /** An anchor or an alias. */
    public static final String ALIAS = "policy.alias";
    /** A tag. */
    public static final String TAG = "policy.tag";
    /** A name that is no plain string. */
    public static final String KEY_INVALID = "policy.key_invalid";
    /** A name that stands twice. */
    public static final String DUPLICATE_KEY = "policy.duplicate_key";
    /** A number that JSON does not know. */
    public static final String NUMBER_INVALID = "policy.number_invalid";

    /** A version that this kit does not read. */
    public static final String VERSION_UNSUPPORTED = "policy.version_unsupported";
    /** A name that the schema does not have. */
    public static final String UNKNOWN_KEY = "policy.unknown_key";
    /** A required member is absent. */
    public static final String MISSING_KEY = "policy.missing_key";
    /** A value of another type. */
    public static final String WRONG_TYPE = "policy.wrong_type";
    /** A value of the right type that the schema does not allow. */
    public static final String INVALID_VALUE = "policy.invalid_value";
    /** A member whose value has no unambiguous canonical form, so that other kits could compute another digest. */
    public static final String NOT_CANONICAL = "policy.not_canonical";

    /** {@code default_deny} is false. */
    public static final String DEFAULT_DENY_REQUIRED = "policy.default_deny_required";
    /** A side-effecting tool names no evidence preset. */
    public static final String MISSING_EVIDENCE_PRESET = "policy.missing_evidence_preset";
    /** The catalogue has no such evidence preset. */
    public static final String UNKNOWN_EVIDENCE_PRESET = "policy.unknown_evidence_preset";
    /** The catalogue has no such vendor pack. */
    public static final String UNKNOWN_VENDOR_PACK = "policy.unknown_vendor_pack";
    /** The named preset is no vendor pack, or one for other evidence than the tool's. */
    public static final String INVALID_VENDOR_PACK = "policy.invalid_vendor_pack";
    /** A tool has both {@code max_spend_cents} and {@code spend_from_args}. */
    public static final String CONFLICTING_SPEND_FIELDS = "policy.conflicting_spend_fields";
    /** A read-only tool says that it spends or proves something. */
    public static final String READ_ONLY_CONFLICT = "policy.read_only_conflict";
    /** Two tools share an operation. */
    public static final String DUPLICATE_OPERATION = "policy.duplicate_operation";
    /** {@code intent.allowed_tools} names no tool of the policy. */
    public static final String ALLOWED_TOOL_NOT_REGISTERED = "policy.allowed_tool_not_registered";
    /** Strict mode: a side-effecting tool that {@code intent.allowed_tools} leaves out. */
    public static final String SIDE_EFFECTING_NOT_ALLOWED = "policy.side_effecting_not_allowed";

    /** A binding names a tool that the policy does not have, or cannot have such a binding. */
    public static final String BINDING_INVALID = "policy.binding_invalid";
    /** A tool has a ceiling, but nothing says what a call costs. */
    public static final String SPEND_UNSET = "policy.spend_unset";
    /** A guardrail's name is unknown, or its amount is not one. */
    public static final String GUARDRAIL_UNKNOWN = "policy.guardrail_unknown";
    /** A guardrail leaves no tool over. */
    public static final String GUARDRAIL_LEAVES_NOTHING = "policy.guardrail_leaves_nothing";
    /** There is no policy preset of that name. */
    public static final String UNKNOWN_PRESET = "policy.unknown_preset";

    private PolicyCodes() {}
}
