package ai.paybond.kit.sandbox.internal.store;

import java.time.Instant;

/** Accepted evidence; {@code payload}, {@code artifacts} and {@code reply} are JSON texts, digests are hex. */
public record EvidenceRow(
        String tenantId,
        String intentId,
        String requestDigest,
        String payload,
        String artifacts,
        String payloadDigest,
        String artifactsDigest,
        int signingVersion,
        String payeeKey,
        String submittedAt,
        Instant receivedAt,
        boolean predicatePassed,
        String reply) {}
