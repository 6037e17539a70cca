package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.capability.CapabilityRefusedException;
import ai.paybond.kit.sandbox.internal.capability.HolderProof;
import ai.paybond.kit.sandbox.internal.capability.OpenCapability;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.RequestStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Demands the holder's signature over exactly this call where the capability names a holder. */
final class HolderGate {
    private static final Duration MAX_AGE = Duration.ofSeconds(60);
    private static final Duration MAX_SKEW = Duration.ofSeconds(5);

    private final RequestStore requests;
    private final Clock clock;

    HolderGate(RequestStore requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * The proof of this call, checked for all but replay; empty where none is needed.
     *
     * @throws CapabilityRefusedException {@code holder.proof_missing}, {@code holder.proof_invalid},
     *     {@code holder.key_mismatch} or {@code holder.proof_expired}
     */
    Optional<HolderProof> check(OpenCapability capability, SpendRequest request, String tenantId)
            throws CapabilityRefusedException {
        Set<VerifyingKey> holders = capability.holders();
        if (holders.isEmpty()) {
            return Optional.empty();
        }
        if (request.holderProof().isEmpty()) {
            throw refused("proof_missing", "The capability needs its holder's signature.");
        }
        HolderProof proof = HolderProof.parse(request.holderProof().get());
        if (!holders.equals(Set.of(proof.holder()))) {
            throw refused("key_mismatch", "The capability is not held by the key that signed.");
        }
        requireInTime(proof);
        if (!proof.covers(signed(request, tenantId))) {
            throw refused("proof_invalid", "The holder did not sign this call.");
        }
        return Optional.of(proof);
    }

    private static HolderProof.Call signed(SpendRequest request, String tenantId) {
        return new HolderProof.Call(
                tenantId,
                request.storedIntentId(),
                request.operation(),
                request.spendCents(),
                request.currency().map(currency -> currency.toLowerCase(Locale.ROOT)),
                request.signedArguments());
    }

    private void requireInTime(HolderProof proof) throws CapabilityRefusedException {
        long now = clock.instant().getEpochSecond();
        boolean early = proof.issuedAt() > now + MAX_SKEW.toSeconds();
        if (proof.issuedAt() < 0 || early || now >= end(proof)) {
            throw refused("proof_expired", "The holder's proof is too old, or not valid yet.");
        }
    }

    private static long end(HolderProof proof) {
        return proof.issuedAt() + MAX_AGE.plus(MAX_SKEW).toSeconds();
    }

    /** @throws CapabilityRefusedException {@code holder.proof_replayed}; asked after what was answered before is told again */
    void requireFresh(Optional<HolderProof> proof, String tenantId, Session session) throws CapabilityRefusedException {
        if (proof.isPresent()
                && requests.nonceUsed(
                        session, tenantId, keyId(proof.get()), proof.get().nonce())) {
            throw refused("proof_replayed", "The holder's proof was used before.");
        }
    }

    /** Only a call that is allowed uses its proof up; one that is held comes again with an approval. */
    void use(Optional<HolderProof> proof, IntentRow intent, Session session) {
        proof.ifPresent(used -> requests.useNonce(
                session,
                intent.tenantId(),
                keyId(used),
                used.nonce(),
                Instant.ofEpochSecond(end(used)),
                clock.instant()));
    }

    private static String keyId(HolderProof proof) {
        return "holder/" + proof.holder().hex();
    }

    private static CapabilityRefusedException refused(String code, String message) {
        return new CapabilityRefusedException("holder." + code, message);
    }
}
