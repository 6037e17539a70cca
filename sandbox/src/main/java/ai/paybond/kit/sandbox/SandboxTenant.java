package ai.paybond.kit.sandbox;

import ai.paybond.kit.wire.ed25519.SigningKey;

/**
 * A tenant of the sandbox and everything a client needs to act in it. The keys are test keys of this sandbox and worth
 * nothing anywhere else; they are still left out of {@link #toString}.
 *
 * @param tenantId the tenant realm
 * @param apiKey a sandbox API key with the operator role
 * @param liveApiKey an API key of the live environment, which sandbox-only routes refuse
 * @param recognitionKeyId the id under which {@code recognitionKey} is registered
 * @param recognitionKey signs agent recognition proofs
 * @param principalKey signs intents
 * @param payeeKey signs evidence
 */
public record SandboxTenant(
        String tenantId,
        String apiKey,
        String liveApiKey,
        String recognitionKeyId,
        SigningKey recognitionKey,
        SigningKey principalKey,
        SigningKey payeeKey) {

    @Override
    public String toString() {
        return "SandboxTenant[" + tenantId + ", keys redacted]";
    }
}
