package ai.paybond.kit.evidence;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A component of an {@link Evidence} record that is sent as evidence. Components without it never leave the process. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface EvidenceField {
    /** The member of the preset, in the preset's or its vendor's name; the component's own name by default. */
    String value() default "";
}
