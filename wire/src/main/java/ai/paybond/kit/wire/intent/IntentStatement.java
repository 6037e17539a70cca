package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a principal states when it creates an intent. Immutable; built with {@link #builder()}. */
public final class IntentStatement {
    private final Builder fields;

    private IntentStatement(Builder fields) {
        this.fields = fields;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from this statement. */
    public Builder toBuilder() {
        return fields.copy();
    }

    public String tenantId() {
        return fields.tenantId;
    }

    /** The UUID as it was given; its letters' case is sent unchanged. */
    public String intentId() {
        return fields.intentId;
    }

    public String principalDid() {
        return fields.principalDid;
    }

    public String payeeDid() {
        return fields.payeeDid;
    }

    /** In cents of {@link #currency()}. */
    public long amountCents() {
        return fields.amountCents;
    }

    public String currency() {
        return fields.currency;
    }

    /** Signed as written. */
    public String deadline() {
        return fields.deadline;
    }

    public JsonValue budget() {
        return fields.budget;
    }

    public JsonValue evidenceSchema() {
        return fields.evidenceSchema;
    }

    /** The raw predicate, or the materialised one of the policy. */
    public JsonValue predicate() {
        return fields.predicate;
    }

    /** Empty if there is none. */
    public String predicateRef() {
        return fields.predicateRef;
    }

    /** As given; {@link #toolsDigest()} is over their normal form. */
    public List<String> allowedTools() {
        return fields.allowedTools;
    }

    /** Not signed in generation 2: do not take it as the principal's word there. */
    public Optional<String> settlementRail() {
        return Optional.ofNullable(fields.settlementRail);
    }

    public Optional<VerifyingKey> payeeKey() {
        return Optional.ofNullable(fields.payeeKey);
    }

    public Optional<PolicyBinding> policyBinding() {
        return Optional.ofNullable(fields.policyBinding);
    }

    /** The signed completion contract, which is not part of the body. */
    public Optional<CompletionContract> completionContract() {
        return Optional.ofNullable(fields.completionContract);
    }

    /** Sent but not signed unless there is a {@link #completionContract()}. */
    public Optional<String> completionPresetId() {
        return Optional.ofNullable(fields.completionPresetId);
    }

    /** The tools trimmed, in lower case, sorted, without repetition. */
    public JsonArray canonicalTools() {
        return ToolNames.canonical(allowedTools());
    }

    /** BLAKE3 over {@link #canonicalTools()}. */
    public Digest32 toolsDigest() {
        return toolsDigest(Strictness.STRICT);
    }

    public Digest32 toolsDigest(Strictness strictness) {
        return Digest32.blake3(CanonicalJson.bytes(canonicalTools(), strictness));
    }

    /**
     * The bytes that the principal signs.
     *
     * @throws WireException {@code tools.empty}, {@code rail.unknown}, {@code currency.unsupported},
     *     {@code policy.missing}, {@code policy.unexpected}, {@code payee_key.missing}, {@code completion.unexpected},
     *     {@code uuid.invalid}, {@code amount.range}, {@code policy.version_seq}, {@code tools.ascii},
     *     {@code predicate_ref.blank}, {@code timestamp.form}, {@code text.surrogate}, or a {@link JsonException}
     */
    public byte[] signBytes(IntentVersion version) {
        return signBytes(version, Strictness.STRICT);
    }

    public byte[] signBytes(IntentVersion version, Strictness strictness) {
        return new IntentFrame(this, version, strictness).bytes();
    }

    /** @throws WireException as {@link #signBytes(IntentVersion)} */
    public SignedIntent sign(Signer principal, IntentVersion version) {
        return sign(principal, version, Strictness.STRICT);
    }

    public SignedIntent sign(Signer principal, IntentVersion version, Strictness strictness) {
        byte[] signature = principal.sign(signBytes(version, strictness));
        return new SignedIntent(this, version, principal.publicKey(), signature);
    }

    IntentStatement withCompletionContract(@Nullable CompletionContract contract) {
        return fields.copy().completionContract(contract).build();
    }

    /** Collects the parts. Text and JSON default to empty, everything optional to absent. Not thread-safe. */
    public static final class Builder {
        private String tenantId = "";
        private String intentId = "";
        private String principalDid = "";
        private String payeeDid = "";
        private long amountCents;
        private String currency = "";
        private String deadline = "";
        private JsonValue budget = JsonObject.builder().build();
        private JsonValue evidenceSchema = JsonObject.builder().build();
        private JsonValue predicate = JsonObject.builder().build();
        private String predicateRef = "";
        private List<String> allowedTools = List.of();
        private @Nullable String settlementRail;
        private @Nullable VerifyingKey payeeKey;
        private @Nullable PolicyBinding policyBinding;
        private @Nullable CompletionContract completionContract;
        private @Nullable String completionPresetId;

        private Builder() {}

        public Builder tenantId(String tenantId) {
            this.tenantId = Objects.requireNonNull(tenantId, "tenantId");
            return this;
        }

        public Builder intentId(String intentId) {
            this.intentId = Objects.requireNonNull(intentId, "intentId");
            return this;
        }

        public Builder principalDid(String principalDid) {
            this.principalDid = Objects.requireNonNull(principalDid, "principalDid");
            return this;
        }

        public Builder payeeDid(String payeeDid) {
            this.payeeDid = Objects.requireNonNull(payeeDid, "payeeDid");
            return this;
        }

        /** In cents; zero and negative amounts can be signed, beyond plus or minus 2^53 - 1 not. */
        public Builder amountCents(long amountCents) {
            this.amountCents = amountCents;
            return this;
        }

        public Builder currency(String currency) {
            this.currency = Objects.requireNonNull(currency, "currency");
            return this;
        }

        /** {@code 2030-01-02T15:04:05Z}. */
        public Builder deadline(String deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            return this;
        }

        public Builder budget(JsonValue budget) {
            this.budget = Objects.requireNonNull(budget, "budget");
            return this;
        }

        public Builder evidenceSchema(JsonValue evidenceSchema) {
            this.evidenceSchema = Objects.requireNonNull(evidenceSchema, "evidenceSchema");
            return this;
        }

        /** For generations 5 and 7 the materialised predicate; {@link #policy} sets it together with the binding. */
        public Builder predicate(JsonValue predicate) {
            this.predicate = Objects.requireNonNull(predicate, "predicate");
            return this;
        }

        public Builder predicateRef(String predicateRef) {
            this.predicateRef = Objects.requireNonNull(predicateRef, "predicateRef");
            return this;
        }

        public Builder allowedTools(List<String> allowedTools) {
            this.allowedTools = List.copyOf(allowedTools);
            return this;
        }

        /** One of {@link SettlementRails}; required from generation 4 on. */
        public Builder settlementRail(@Nullable String settlementRail) {
            this.settlementRail = settlementRail;
            return this;
        }

        /** Required by generations 6 and 7. */
        public Builder payeeKey(@Nullable VerifyingKey payeeKey) {
            this.payeeKey = payeeKey;
            return this;
        }

        /** Required by generations 5 and 7, refused by the others. */
        public Builder policyBinding(@Nullable PolicyBinding policyBinding) {
            this.policyBinding = policyBinding;
            return this;
        }

        /** Binding and predicate of a published policy. */
        public Builder policy(PublishedPolicy policy) {
            return policyBinding(policy.binding()).predicate(policy.predicate());
        }

        public Builder completionContract(@Nullable CompletionContract completionContract) {
            this.completionContract = completionContract;
            return this;
        }

        public Builder completionPresetId(@Nullable String completionPresetId) {
            this.completionPresetId = completionPresetId;
            return this;
        }

        public IntentStatement build() {
            return new IntentStatement(copy());
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.tenantId = tenantId;
            copy.intentId = intentId;
            copy.principalDid = principalDid;
            copy.payeeDid = payeeDid;
            copy.amountCents = amountCents;
            copy.currency = currency;
            copy.deadline = deadline;
            copy.budget = budget;
            copy.evidenceSchema = evidenceSchema;
            copy.predicate = predicate;
            copy.predicateRef = predicateRef;
            copy.allowedTools = allowedTools;
            copy.settlementRail = settlementRail;
            copy.payeeKey = payeeKey;
            copy.policyBinding = policyBinding;
            copy.completionContract = completionContract;
            copy.completionPresetId = completionPresetId;
            return copy;
        }
    }
}
