package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.intent.CompletionContract;
import ai.paybond.kit.wire.intent.IntentStatement;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.intent.SettlementRails;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An intent to be created. It fixes its own id, so that creating from the same request twice means the same intent.
 * Immutable. What each generation demands and forbids is checked when {@link Intents} signs.
 */
public final class IntentRequest {
    private final PrincipalIdentity principal;
    private final IntentStatement draft;
    private final @Nullable IntentVersion version;
    private final @Nullable String idempotencyKey;

    private IntentRequest(Builder builder) {
        this.principal = builder.principal;
        this.draft = builder.statement.build();
        this.version = builder.version;
        this.idempotencyKey = builder.idempotencyKey;
    }

    /**
     * @param principal who commits the money and signs
     * @param payeeDid who acts and is paid
     */
    public static Builder builder(PrincipalIdentity principal, String payeeDid) {
        return new Builder(principal, payeeDid);
    }

    /** The intent's UUID, given or drawn. */
    public String intentId() {
        return draft.intentId();
    }

    @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    PrincipalIdentity principal() {
        return principal;
    }

    /** The generation asked for, or the newest that fits when none was. */
    IntentVersion version(IntentVersion otherwise) {
        IntentVersion usual = draft.policyBinding().isPresent() ? IntentVersion.V7 : otherwise;
        return version == null ? usual : version;
    }

    /** What is to be signed, for the tenant that the session derived. */
    IntentStatement statement(String tenantId) {
        return draft.toBuilder().tenantId(tenantId).build();
    }

    /** Collects the parts. Not thread-safe. */
    public static final class Builder {
        private final PrincipalIdentity principal;
        private final IntentStatement.Builder statement;
        private @Nullable IntentVersion version;
        private @Nullable String idempotencyKey;

        private Builder(PrincipalIdentity principal, String payeeDid) {
            this.principal = Objects.requireNonNull(principal, "principal");
            this.statement = IntentStatement.builder()
                    .intentId(UUID.randomUUID().toString())
                    .principalDid(principal.did())
                    .payeeDid(payeeDid)
                    .evidenceSchema(JsonObject.of(Map.of("type", "object")));
        }

        /** The intent's UUID; default drawn at random. */
        public Builder intentId(String intentId) {
            statement.intentId(intentId);
            return this;
        }

        /** What is committed, in cents of the currency, a lower-case code. Required. */
        public Builder amount(long cents, String currency) {
            statement.amountCents(cents).currency(currency);
            return this;
        }

        /** When the intent ends; cut to whole seconds. Required. */
        public Builder deadline(Instant deadline) {
            statement.deadline(deadline.truncatedTo(ChronoUnit.SECONDS).toString());
            return this;
        }

        /** The operations that the capability will cover. Required, not empty. */
        public Builder allowedTools(List<String> allowedTools) {
            statement.allowedTools(allowedTools);
            return this;
        }

        /** The document that evidence is judged by. Required unless a {@link #policy} brings one. */
        public Builder predicate(JsonObject predicate) {
            statement.predicate(predicate);
            return this;
        }

        /** A published policy instead of a predicate; default none. Signed as generation 7 unless told otherwise. */
        public Builder policy(PublishedPolicy policy) {
            statement.policy(policy);
            return this;
        }

        /** A name for the predicate; default none. */
        public Builder predicateRef(String predicateRef) {
            statement.predicateRef(predicateRef);
            return this;
        }

        /** Free terms for people; default {@code {}}. */
        public Builder budget(JsonObject budget) {
            statement.budget(budget);
            return this;
        }

        /** The JSON schema of the evidence payload; default {@code {"type":"object"}}. */
        public Builder evidenceSchema(JsonObject evidenceSchema) {
            statement.evidenceSchema(evidenceSchema);
            return this;
        }

        /** One of {@link SettlementRails}; default none. Required from generation 4 on. */
        public Builder settlementRail(String settlementRail) {
            statement.settlementRail(settlementRail);
            return this;
        }

        /** The payee's key, which alone may sign the evidence; default none. Required by generations 6 and 7. */
        public Builder payeeKey(VerifyingKey payeeKey) {
            statement.payeeKey(payeeKey);
            return this;
        }

        /** The preset that completes the intent, with its signed contract if it has one; default none. */
        public Builder completion(String presetId, @Nullable CompletionContract contract) {
            statement.completionPresetId(presetId).completionContract(contract);
            return this;
        }

        /** The signing generation; default 6 through the Gateway and 2 on direct Harbor, 7 with a policy. */
        public Builder version(IntentVersion version) {
            this.version = version;
            return this;
        }

        /** The key under which repeats count once; default derived from the signed bytes. */
        public Builder idempotencyKey(String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /** The request. */
        public IntentRequest build() {
            return new IntentRequest(this);
        }
    }
}
