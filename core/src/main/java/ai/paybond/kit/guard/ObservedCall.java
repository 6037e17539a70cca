package ai.paybond.kit.guard;

/**
 * What observers are told about a call: names and no argument, no secret, no result.
 *
 * @param intentId the intent that pays
 * @param callId the call's id, the host's or a drawn one; any text of at most 256 characters
 * @param toolName the declared tool, or {@value #UNDECLARED}: names that a model made up are not passed on, so that there are
 *     no more names than declarations
 * @param operation the operation that the capability grants, or {@value #UNDECLARED}
 */
public record ObservedCall(String intentId, String callId, String toolName, String operation) {
    /** Stands for every tool that is not declared. */
    public static final String UNDECLARED = "undeclared";
}
