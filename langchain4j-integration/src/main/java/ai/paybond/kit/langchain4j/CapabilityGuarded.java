package ai.paybond.kit.langchain4j;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares, next to LangChain4j's {@code @Tool}, what a call of the method needs to be allowed and what it proves.
 * {@link GuardedTools#declarations} turns the annotations of a tool object into the registry of a guard.
 *
 * <p>The annotation only declares. What enforces it is the executor that {@link GuardedTools} puts around the tool; the
 * method itself stays an ordinary method for anyone who holds the object.
 *
 * <p>It is read from the tool method, or from the method of the same signature in a superclass or an interface when
 * the tool method carries none. Nothing is assumed: a tool is {@link #readOnly}, or it says what it spends ({@link
 * #spendCents} or {@link #spendFrom}) and what its result proves ({@link #evidence} or {@link #withoutEvidence}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CapabilityGuarded {

    /** The operation that the capability must grant. Default: the tool's name. */
    String operation() default "";

    /** What every call spends, in cents; 0 is a side effect that costs nothing. Default: not fixed. */
    long spendCents() default -1;

    /**
     * The path of the argument that holds what a call spends, as an integer of cents: member names joined by dots,
     * such as {@code order.totalCents}. A call without it is refused. Default: not read from the arguments.
     */
    String spendFrom() default "";

    /** The members of the result that are signed as evidence. Default: none given. */
    String[] evidence() default {};

    /** The result is never proved, for intents that ask for no evidence. Default: false. */
    boolean withoutEvidence() default false;

    /**
     * The tool changes nothing and costs nothing, so that it runs without a capability check; see
     * {@link ai.paybond.kit.guard.ToolDeclaration}. Default: false.
     */
    boolean readOnly() default false;

    /** Exceptions that say that the tool did nothing, beyond those that a guard takes for clean. Default: none. */
    Class<? extends Exception>[] cleanFailures() default {};

    /** Exceptions after which the tool may have acted, beyond those that a guard takes for doubtful. Default: none. */
    Class<? extends Throwable>[] doubtfulFailures() default {};
}
