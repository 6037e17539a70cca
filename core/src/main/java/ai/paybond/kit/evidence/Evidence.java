package ai.paybond.kit.evidence;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that a tool returns and that proves what it did; see {@link EvidenceMapper#annotated}.
 *
 * <pre>{@code
 * @Evidence(preset = "cost_and_completion")
 * record Booking(@EvidenceField String status, @EvidenceField("cost_cents") long price, String card) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Evidence {
    /** The completion preset, as the catalogue names it. */
    String preset();
}
