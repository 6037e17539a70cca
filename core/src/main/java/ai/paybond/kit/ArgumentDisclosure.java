package ai.paybond.kit;

/** What Harbor is told of a call's arguments when it is asked whether the call may run. */
public enum ArgumentDisclosure {
    /** Nothing, as in Paybond's published contract. */
    NONE,
    /** Their digest, so that an approval is bound to them at Harbor too. The arguments themselves stay here. */
    DIGEST,
    /** The arguments, so that Harbor can also judge a capability's own checks on them. */
    FULL
}
