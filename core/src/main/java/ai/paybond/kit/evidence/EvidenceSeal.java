package ai.paybond.kit.evidence;

/** Whose word stands behind evidence. */
public enum EvidenceSeal {
    /** Signed by the payee; the body is fixed. */
    PAYEE_SIGNED,
    /** Sent unsigned to an authority that signs on the payee's behalf, as sandbox guardrail runs do. */
    MANAGED,
    /** The signer could not be reached after the tool ran; it is asked again before delivery. */
    OWED
}
