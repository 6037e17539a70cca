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

    /** {@code overrides} without {@code extends}. */
    public static final String EXTENDS_REQUIRED = "policy.extends_required";
    /** An overlay without {@code extends.base_policy}, and nobody to ask for the effective policy. */
    public static final String BASE_REQUIRED = "policy.base_required";
    /** {@code extends.base_policy} leads out of the directory in which bases may be. */
    public static final String BASE_OUTSIDE = "policy.base_outside";
    /** The base is not a readable, valid policy that stands alone. */
    public static final String BASE_INVALID = "policy.base_invalid";
    /** The base is not the one that {@code extends.base_digest} names. */
    public static final String BASE_DIGEST_MISMATCH = "policy.base_digest_mismatch";
    /** The effective policy could not be had. */
    public static final String EFFECTIVE_UNAVAILABLE = "policy.effective_unavailable";
    /** The effective policy is not what its sender says it is, or is not valid. */
    public static final String EFFECTIVE_INVALID = "policy.effective_invalid";
    /** {@code overrides} speaks of a tool that the base does not have. */
    public static final String UNKNOWN_ORG_TOOL_OVERRIDE = "policy.unknown_org_tool_override";
    /** An overlay declares a tool of the base anew, or gives it another operation. */
    public static final String CANNOT_REPLACE_ORG_TOOL = "policy.cannot_replace_org_tool";
    /** An overlay makes a side-effecting tool of the base read-only. */
    public static final String CANNOT_DISABLE_ORG_SIDE_EFFECTING_TOOL = "policy.cannot_disable_org_side_effecting_tool";
    /** An overlay lets a tool of the base spend more than the base does. */
    public static final String CANNOT_RAISE_SPEND_CAP = "policy.cannot_raise_spend_cap";
    /** An overlay takes the price of a tool of the base from elsewhere. */
    public static final String CANNOT_OVERRIDE_ORG_SPEND_MODE = "policy.cannot_override_org_spend_mode";
    /** An overlay names another template than the base. */
    public static final String CANNOT_CHANGE_ORG_TEMPLATE = "policy.cannot_change_org_template";
    /** An overlay names an earlier version of the template than the base. */
    public static final String CANNOT_DOWNGRADE_TEMPLATE_VERSION = "policy.cannot_downgrade_template_version";
    /** An overlay names another head of the template than the base. */
    public static final String CANNOT_CHANGE_ORG_HEAD_DIGEST = "policy.cannot_change_org_head_digest";
    /** An overlay raises the base's budget, or changes what cannot be compared with it. */
    public static final String CANNOT_RAISE_BUDGET_CAP = "policy.cannot_raise_budget_cap";
    /** An overlay allows the intent a tool that the base does not, or leaves none over. */
    public static final String CANNOT_WIDEN_ALLOWED_TOOLS = "policy.cannot_widen_allowed_tools";
    /** An overlay lets the model's provider run tools, and the base does not. */
    public static final String CANNOT_RELAX_PROVIDER_EXECUTED_DENY = "policy.cannot_relax_provider_executed_deny";
    /** An overlay proves a tool's result by a preset that the organisation has not approved. */
    public static final String EVIDENCE_PRESET_NOT_ORG_APPROVED = "policy.evidence_preset_not_org_approved";

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

    /** {@code intent.policy_binding} names a template that is not among the known ones. */
    public static final String UNKNOWN_POLICY_TEMPLATE = "policy.unknown_policy_template";

    /** A reload would make the policy looser. */
    public static final String LOOSENING_DENIED = "policy.loosening_denied";
    /** A reload needs an operation that the bound intent does not allow. */
    public static final String INTENT_REBIND_REQUIRED = "policy.intent_rebind_required";
    /** The remote check of a reload refused, or failed. */
    public static final String REMOTE_VALIDATE_FAILED = "policy.remote_validate_failed";

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
