package ai.paybond.kit.springai;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares, next to Spring AI's {@code @Tool}, what a call of the method needs to be allowed and what it proves.
 * {@link GuardedTools#declarations} turns the annotations into the registry of a guard; Spring Boot does so for every bean.
 *
 * <p>The annotation only declares. What enforces it is the tool callback that the guarded manager puts around the tool; the
 * method itself stays an ordinary method for anyone who holds the object.
 *
 * <p>Nothing is assumed: unless the tool is {@link #readOnly}, exactly one of {@link #spendCents} and {@link #spendFrom} is
 * given, and exactly one of {@link #evidence} and {@link #withoutEvidence}.
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
     * The path of the argument that holds what a call spends, as an integer of cents: member names joined by dots, such as
     * {@code order.totalCents}. A call without it is refused. Default: not read from the arguments.
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
