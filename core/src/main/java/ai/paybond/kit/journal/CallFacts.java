package ai.paybond.kit.journal;

import java.util.Objects;

/**
 * What was asked for; fixed for the life of a call.
 *
 * @param tenantId the tenant realm
 * @param toolName the tool as the host names it
 * @param operation the operation that the capability grants
 * @param callDigest SHA-256 over tool name and canonical arguments, as hex; equal digests mean the same request
 * @param spendCents what is to be reserved, in cents
 */
public record CallFacts(String tenantId, String toolName, String operation, String callDigest, long spendCents) {
    public CallFacts {
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(toolName, "toolName");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(callDigest, "callDigest");
    }
}
