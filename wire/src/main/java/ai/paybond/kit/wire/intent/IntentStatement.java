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

/**
 * What a principal states when it creates an intent. Immutable; built with {@link #builder()}. Signed by the principal
 * is the raw frame, tail included, not a digest of it:
 *
 * <pre>
 * u8         2, 4, 5, 6 or 7: {@link IntentVersion#signingVersion()}
 * string     tenant_id
 * UUID       intent_id
 * string     principal_did
 * string     payee_did
 * i64        amount_cents
 * string     currency
 * string     deadline
 * 32 bytes   digest of budget
 * 32 bytes   digest of evidence_schema
 * 32 bytes   digest of predicate
 * string     predicate_ref, empty if there is none
 * 32 bytes   digest of the tools: trimmed, lower case, sorted by UTF-16 unit, each once
 * string     settlement_rail                                            all but generation 2
 * string, u32, 32 bytes   policy template, version, content digest      generations 5 and 7
 * 32 bytes   payee's Ed25519 public key                                 generations 6 and 7
 * tail       {@link CompletionContract}, if there is one                varint generations
 * </pre>
 *
 * Digests are BLAKE3 over canonical JSON. In the varint coding lengths and u32 are bincode varints and i64 is zig-zag;
 * in the fixed coding lengths and i64 take eight little-endian bytes. Texts are signed as given, never trimmed. Source:
 * Paybond Kit wire format, sections 3, 4 and 20.2 to 20.6.
 */
public final class IntentStatement {
    private final Builder fields;

    private IntentStatement(Builder fields) {
        this.fields = fields;
    }

    /** A builder with everything empty. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from this statement. */
    public Builder toBuilder() {
        return fields.copy();
    }

    /** Signed, but not part of the request body: the reader takes it from the authenticated caller. */
    public String tenantId() {
        return fields.tenantId;
    }

    /** The UUID as it was given; its letters' case is sent unchanged. */
    public String intentId() {
        return fields.intentId;
    }

    /** Who pays. */
    public String principalDid() {
        return fields.principalDid;
    }

    /** Who is paid. */
    public String payeeDid() {
        return fields.payeeDid;
    }

    /** In cents of {@link #currency()}. */
    public long amountCents() {
        return fields.amountCents;
    }

    /** Signed as written; ignoring case and blanks it is {@code usd} on rails that settle in nothing else. */
    public String currency() {
        return fields.currency;
    }

    /** {@code 2030-01-02T15:04:05Z}: whole seconds in UTC, signed as written. */
    public String deadline() {
        return fields.deadline;
    }

    /** Sent in full, signed as its digest. */
    public JsonValue budget() {
        return fields.budget;
    }

    /** Sent in full, signed as its digest. */
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

    /** Signed in generations 6 and 7 only. */
    public Optional<VerifyingKey> payeeKey() {
        return Optional.ofNullable(fields.payeeKey);
    }

    /** Signed in generations 5 and 7; the body carries template and version, not the content digest. */
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

    /** As {@link #toolsDigest()}, in the given strictness. */
    public Digest32 toolsDigest(Strictness strictness) {
        return Digest32.blake3(CanonicalJson.bytes(canonicalTools(), strictness));
    }

    /**
     * The bytes that the principal signs. Checked in this order: tools, rail, currency, parts of the generation,
     * amount, text, then whatever the encoding itself refuses.
     *
     * @throws WireException {@code tools.empty}, {@code rail.unknown}, {@code currency.unsupported},
     *     {@code policy.missing}, {@code policy.unexpected}, {@code payee_key.missing}, {@code completion.unexpected},
     *     {@code uuid.invalid}, {@code amount.range}, {@code policy.version_seq}, {@code tools.ascii},
     *     {@code predicate_ref.blank}, {@code timestamp.form}, {@code text.surrogate}, or a {@link JsonException}
     */
    public byte[] signBytes(IntentVersion version) {
        return signBytes(version, Strictness.STRICT);
    }

    /** As {@link #signBytes(IntentVersion)}, in the given strictness. */
    public byte[] signBytes(IntentVersion version, Strictness strictness) {
        return new IntentFrame(this, version, strictness).bytes();
    }

    /**
     * Signs the frame of this generation with the principal's key.
     *
     * @throws WireException as {@link #signBytes(IntentVersion)}
     */
    public SignedIntent sign(Signer principal, IntentVersion version) {
        return sign(principal, version, Strictness.STRICT);
    }

    /** As {@link #sign(Signer, IntentVersion)}, in the given strictness. */
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

        /** The tenant of the caller. */
        public Builder tenantId(String tenantId) {
            this.tenantId = Objects.requireNonNull(tenantId, "tenantId");
            return this;
        }

        /** A UUID as {@link ai.paybond.kit.wire.UuidText} reads it; anything else is refused when signed. */
        public Builder intentId(String intentId) {
            this.intentId = Objects.requireNonNull(intentId, "intentId");
            return this;
        }

        /** Who pays. */
        public Builder principalDid(String principalDid) {
            this.principalDid = Objects.requireNonNull(principalDid, "principalDid");
            return this;
        }

        /** Who is paid. */
        public Builder payeeDid(String payeeDid) {
            this.payeeDid = Objects.requireNonNull(payeeDid, "payeeDid");
            return this;
        }

        /** In cents; zero and negative amounts can be signed, beyond plus or minus 2^53 - 1 not. */
        public Builder amountCents(long amountCents) {
            this.amountCents = amountCents;
            return this;
        }

        /** Signed and sent as given. */
        public Builder currency(String currency) {
            this.currency = Objects.requireNonNull(currency, "currency");
            return this;
        }

        /** {@code 2030-01-02T15:04:05Z}. */
        public Builder deadline(String deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            return this;
        }

        /** Any JSON, by default an empty object. */
        public Builder budget(JsonValue budget) {
            this.budget = Objects.requireNonNull(budget, "budget");
            return this;
        }

        /** Any JSON, by default an empty object. */
        public Builder evidenceSchema(JsonValue evidenceSchema) {
            this.evidenceSchema = Objects.requireNonNull(evidenceSchema, "evidenceSchema");
            return this;
        }

        /** For generations 5 and 7 the materialised predicate; {@link #policy} sets it together with the binding. */
        public Builder predicate(JsonValue predicate) {
            this.predicate = Objects.requireNonNull(predicate, "predicate");
            return this;
        }

        /** By default empty; strictly, blank but not empty is refused. */
        public Builder predicateRef(String predicateRef) {
            this.predicateRef = Objects.requireNonNull(predicateRef, "predicateRef");
            return this;
        }

        /** At least one, strictly ASCII; sent as given. */
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

        /** Signed at the end of the frame; refused by generations 2 and 4 in the fixed coding. */
        public Builder completionContract(@Nullable CompletionContract completionContract) {
            this.completionContract = completionContract;
            return this;
        }

        /** Sent trimmed and never signed by itself; a {@link #completionContract} signs its own preset id. */
        public Builder completionPresetId(@Nullable String completionPresetId) {
            this.completionPresetId = completionPresetId;
            return this;
        }

        /** The statement as collected so far; what does not fit is refused when it is signed. */
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
