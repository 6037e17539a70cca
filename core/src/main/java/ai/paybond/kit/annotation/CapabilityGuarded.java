package ai.paybond.kit.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares, on a method of any interface or class, what a call of it as a tool needs to be allowed and what it proves.
 *
 * <p>The annotation only declares. What enforces it is what stands between the agent and the method: a
 * {@link GuardedProxy}, or the guarded tools of an agent framework. The method itself stays an ordinary method for anyone
 * who holds the object.
 *
 * <p>Nothing is assumed: a tool is {@link #readOnly}, or it says what it spends, by exactly one of {@link #spendCents} and
 * {@link #spendFrom}, and what its result proves, by exactly one of {@link #evidence}, {@link #preset} and
 * {@link #withoutEvidence}. It is read from the tool method, or else from the method of the same signature in a superclass
 * or an interface.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CapabilityGuarded {

    /** The tool's name. Default: the method's, or the one that the agent framework gives it; another one is a mistake there. */
    String name() default "";

    /** The operation that the capability must grant. Default: the tool's name. */
    String operation() default "";

    /** What every call spends, in cents; 0 is a side effect that costs nothing. Default: not fixed. */
    long spendCents() default -1;

    /**
     * The path of the argument that holds what a call spends, as an integer of cents: member names joined by dots, such as
     * {@code order.totalCents}. A call without it is refused. Default: not read from the arguments.
     */
    String spendFrom() default "";

    /** The members of the result that are signed as evidence. Default: none given. */
    String[] evidence() default {};

    /** The completion preset whose evidence schema says what is signed, such as {@code cost_and_completion}. Default: none. */
    String preset() default "";

    /** The result is never proved, for intents that ask for no evidence. Default: false. */
    boolean withoutEvidence() default false;

    /**
     * The tool changes nothing and costs nothing, so that it runs without a capability check; see
     * {@link ai.paybond.kit.guard.ToolDeclaration}. Default: false.
     */
    boolean readOnly() default false;

    /** A person has to approve every call. Default: false, and the authority may ask for one nevertheless. */
    boolean requiresApproval() default false;

    /** A person has to approve each call that costs more than this, in cents, from 0 up. Default: no limit here. */
    long approvalAboveCents() default -1;

    /**
     * Exceptions that prove that the tool did nothing, so that its spend is released. Default: what
     * {@link ai.paybond.kit.guard.ToolDeclaration} takes for clean.
     */
    Class<? extends Exception>[] cleanFailures() default {};

    /**
     * Exceptions after which the tool may have acted, so that the call is in doubt and its spend stays held; name here what
     * your HTTP client throws for a 5xx. Default: what {@link ai.paybond.kit.guard.ToolDeclaration} takes for doubtful.
     */
    Class<? extends Throwable>[] doubtfulFailures() default {};
}
