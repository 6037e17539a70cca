package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The question put to Harbor before a tool runs. Immutable; {@link #toString()} shows neither token. */
public final class VerifyRequest {
    private final String intentId;
    private final CapabilityToken token;
    private final String operation;
    private final long requestedSpendCents;
    private final @Nullable String idempotencyKey;
    private final @Nullable ApprovalToken approvalToken;
    private final @Nullable Supplier<HolderProof> holderProof;
    private final JsonObject context;

    private VerifyRequest(Builder builder) {
        this.intentId = builder.intentId;
        this.token = builder.token;
        this.operation = builder.operation;
        this.requestedSpendCents = builder.requestedSpendCents;
        this.idempotencyKey = builder.idempotencyKey;
        this.approvalToken = builder.approvalToken;
        this.holderProof = builder.holderProof;
        this.context = builder.context.build();
    }

    /**
     * @param intentId the intent's UUID
     * @param token the payee's capability for it
     * @param operation compared by Harbor with the intent's allowed tools, exactly
     */
    public static Builder builder(String intentId, CapabilityToken token, String operation) {
        return new Builder(intentId, token, operation);
    }

    /** The intent's UUID. */
    public String intentId() {
        return intentId;
    }

    /** The payee's capability. */
    public CapabilityToken token() {
        return token;
    }

    /** The operation asked for. */
    public String operation() {
        return operation;
    }

    /** What the call would cost, in cents. */
    public long requestedSpendCents() {
        return requestedSpendCents;
    }

    /** The key under which repeats count once; absent means that the client draws one. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /** The request body, with the members of the Paybond Harbor contract for {@code POST /verify}. */
    JsonObject body(String usedIdempotencyKey) {
        return JsonObject.builder()
                .put("intent_id", intentId)
                .put("token", token.expose())
                .put("operation", operation)
                .put("requested_spend_cents", requestedSpendCents)
                .putAll(context)
                .putIfPresent("approval_token", approvalToken == null ? null : approvalToken.expose())
                .put("idempotency_key", usedIdempotencyKey)
                .build();
    }

    /** What differs from one attempt to the next. */
    Map<String, String> freshHeaders() {
        return holderProof == null
                ? Map.of()
                : Map.of(HolderProof.HEADER, holderProof.get().text());
    }

    @Override
    public String toString() {
        return "VerifyRequest[intentId=" + intentId + ", operation=" + operation + ", requestedSpendCents="
                + requestedSpendCents + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final String intentId;
        private final CapabilityToken token;
        private final String operation;
        private final JsonObject.Builder context = JsonObject.builder();
        private long requestedSpendCents;
        private @Nullable String idempotencyKey;
        private @Nullable ApprovalToken approvalToken;
        private @Nullable Supplier<HolderProof> holderProof;

        private Builder(String intentId, CapabilityToken token, String operation) {
            this.intentId = Objects.requireNonNull(intentId, "intentId");
            this.token = Objects.requireNonNull(token, "token");
            this.operation = Objects.requireNonNull(operation, "operation");
        }

        /** What the call would cost, in cents; default 0. */
        public Builder requestedSpendCents(long cents) {
            this.requestedSpendCents = cents;
            return this;
        }

        /** Lower-case currency code; default: the intent's. */
        public Builder currency(@Nullable String currency) {
            return member("currency", currency);
        }

        /** The framework's id of the tool call; default none. */
        public Builder toolCallId(@Nullable String toolCallId) {
            return member("tool_call_id", toolCallId);
        }

        /** The tool's name as the model knows it; default none. */
        public Builder toolName(@Nullable String toolName) {
            return member("tool_name", toolName);
        }

        /** Who would be paid, for the tenant's spend policy; default none. */
        public Builder vendorId(@Nullable String vendorId) {
            return member("vendor_id", vendorId);
        }

        /** The task this call belongs to; default none. */
        public Builder taskId(@Nullable String taskId) {
            return member("task_id", taskId);
        }

        /** The workflow this call belongs to; default none. */
        public Builder workflowId(@Nullable String workflowId) {
            return member("workflow_id", workflowId);
        }

        /** The acting agent; default none. */
        public Builder agentSubject(@Nullable String agentSubject) {
            return member("agent_subject", agentSubject);
        }

        /** The model that decides; default none. */
        public Builder modelFamily(@Nullable String family) {
            return member("model_family", family);
        }

        /** The hash of the agent's system prompt, tools and policy, 64 hex digits; default none. */
        public Builder configHash(@Nullable String hex) {
            return member("config_hash_hex", hex);
        }

        /** The hash of the user's prompt, 64 hex digits; default none. */
        public Builder promptHash(@Nullable String hex) {
            return member("prompt_hash_hex", hex);
        }

        /** What an approver issued after an earlier answer asked for approval; default none. A secret. */
        public Builder approvalToken(@Nullable ApprovalToken token) {
            this.approvalToken = token;
            return this;
        }

        /**
         * The arguments that the tool would be called with, so that the authority can judge a capability's checks on them
         * and bind an approval to them; default none. A member of the kit's own, {@code arguments}.
         */
        public Builder arguments(@Nullable JsonObject arguments) {
            if (arguments != null) {
                context.put("arguments", arguments);
            }
            return this;
        }

        /**
         * BLAKE3 of the canonical arguments in hex, which binds an approval to them without telling them; default none. A
         * member of the kit's own, {@code arguments_hash_hex}.
         */
        public Builder argumentsHash(@Nullable String hex) {
            return member("arguments_hash_hex", hex);
        }

        /**
         * SHA-256 of the canonical arguments in hex, which is what a holder signs, for an authority that is not told the
         * arguments; default none. A member of the kit's own, {@code arguments_sha256_hex}.
         */
        public Builder argumentsSha256(@Nullable String hex) {
            return member("arguments_sha256_hex", hex);
        }

        /**
         * Shows that the holder whom the capability names made this request; default nothing is shown. Sent in the kit's own
         * header {@value HolderProof#HEADER} and not in the body, because each attempt may bring another one, whereas the
         * request that an idempotency key stands for stays the same.
         *
         * @param proofs asked once for each attempt; what it throws ends the request
         */
        public Builder holderProof(@Nullable Supplier<HolderProof> proofs) {
            this.holderProof = proofs;
            return this;
        }

        /** The key under which repeats count once, 1 to 256 printable characters; default: drawn by the client. */
        public Builder idempotencyKey(@Nullable String key) {
            this.idempotencyKey = key;
            return this;
        }

        /**
         * The request.
         *
         * @throws ConfigurationException {@code spend.invalid} when the spend is negative
         */
        public VerifyRequest build() {
            if (requestedSpendCents < 0) {
                throw new ConfigurationException("spend.invalid", "a spend is zero cents or more");
            }
            return new VerifyRequest(this);
        }

        private Builder member(String name, @Nullable String value) {
            if (value != null) {
                context.put(name, value);
            }
            return this;
        }
    }
}
