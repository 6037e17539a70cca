package ai.paybond.kit.sandbox;

/** What the sandbox does about recognition proofs on {@code /harbor/intents*}; elsewhere none is ever asked for. */
public enum RecognitionMode {
    /** Proofs are not looked at. */
    OFF,
    /** A proof may be missing, but one that is there must be right. */
    LENIENT,
    /** A proof must be there and must be right. The default. */
    STRICT
}
