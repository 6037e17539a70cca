package ai.paybond.kit.springai.web.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose capability a web request works under.
 *
 * @param capabilityFrom Where the capability of a request comes from. A bean of type CallerCapability takes the place of this
 * @param callers How many callers' guards are kept for their next requests
 */
@ConfigurationProperties("paybond.web")
record PaybondWebProperties(
        @DefaultValue("none") Source capabilityFrom,
        @DefaultValue("1000") int callers) {

    /** Where a capability comes from. */
    enum Source {
        /** Not from the request. */
        NONE,
        /** From the principal, which implements CapabilityHolder. */
        PRINCIPAL,
        /** From the headers Paybond-Intent and Paybond-Capability. */
        HEADER
    }
}
