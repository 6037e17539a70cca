package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A question about a spend that is not made yet. Immutable; {@link #toString()} hides the approval token. */
public final class PreflightRequest {
    private final String intentId;
    private final JsonObject body;

    private PreflightRequest(String intentId, JsonObject body) {
        this.intentId = intentId;
        this.body = body;
    }

    /**
     * @param intentId the intent's UUID
     * @throws ConfigurationException {@code intent_id.invalid}
     */
    public static Builder builder(String intentId) {
        return new Builder(HttpHarborClient.checkedIntentId(intentId));
    }

    /** The intent's UUID. */
    public String intentId() {
        return intentId;
    }

    JsonObject body() {
        return body;
    }

    @Override
    public String toString() {
        return "PreflightRequest[" + body.without("approval_token").toJson() + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final String intentId;
        private final JsonObject.Builder members = JsonObject.builder();
        private long spendCents;
        private String operation = "*";

        private Builder(String intentId) {
            this.intentId = intentId;
        }

        /** Default {@code *}, any operation. */
        public Builder operation(String operation) {
            this.operation = operation;
            return this;
        }

        /** In cents; default 0. */
        public Builder requestedSpendCents(long cents) {
            this.spendCents = cents;
            return this;
        }

        /** Lower-case currency code; default: the intent's. */
        public Builder currency(@Nullable String currency) {
            return member("currency", currency);
        }

        /** Who would be paid; default none. */
        public Builder vendorId(@Nullable String vendorId) {
            return member("vendor_id", vendorId);
        }

        /** The tool's name as the model knows it; default none. */
        public Builder toolName(@Nullable String toolName) {
            return member("tool_name", toolName);
        }

        /** The framework's id of the tool call; default none. */
        public Builder toolCallId(@Nullable String toolCallId) {
            return member("tool_call_id", toolCallId);
        }

        /** The task this spend belongs to; default none. */
        public Builder taskId(@Nullable String taskId) {
            return member("task_id", taskId);
        }

        /** The workflow this spend belongs to; default none. */
        public Builder workflowId(@Nullable String workflowId) {
            return member("workflow_id", workflowId);
        }

        /** The acting agent; default none. */
        public Builder agentSubject(@Nullable String agentSubject) {
            return member("agent_subject", agentSubject);
        }

        /** What an approver issued; default none. A secret. */
        public Builder approvalToken(@Nullable ApprovalToken token) {
            return member("approval_token", token == null ? null : token.expose());
        }

        private Builder member(String name, @Nullable String value) {
            members.putIfPresent(name, value);
            return this;
        }

        /**
         * The question.
         *
         * @throws ConfigurationException {@code spend.invalid} when the spend is negative
         */
        public PreflightRequest build() {
            if (spendCents < 0) {
                throw new ConfigurationException("spend.invalid", "a spend is zero cents or more");
            }
            return new PreflightRequest(
                    intentId,
                    JsonObject.builder()
                            .put("intent_id", intentId)
                            .put("operation", operation)
                            .put("requested_spend_cents", spendCents)
                            .putAll(members.build())
                            .build());
        }
    }
}
