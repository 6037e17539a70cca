package ai.paybond.kit.wire.mandate;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.intent.SettlementRails;
import ai.paybond.kit.wire.internal.Checks;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.MandateParts;
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.internal.Timestamps;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A mandate in normal form. Immutable. Signed is the SHA-256 of the canonical text, with Ed25519 over the 32 digest
 * bytes. The members in the order they are hashed, every one always present; a scope is
 * {@code [a-z0-9][a-z0-9._:/-]{0,127}}:
 *
 * <pre>
 * schema_version        1
 * kind                  paybond.agent_mandate_v1
 * authorization         kind (principal, tenant), tenant_id (at most 256), principal_subject, principal_type
 * agent                 subject (required), issuer, key_id, display_name
 * allowed_actions       scopes, sorted, each once }  at least one
 * allowed_tools         scopes, sorted, each once }  in the two
 * spend_ceiling         amount_minor (integer above 0, minor units), currency ([a-z0-9_]{3,16})
 * settlement            default_rail, allowed_rails (sorted, of {@link SettlementRails}, holding the default)
 * constraint            kind (predicate, policy), id, version, digest_sha256_hex, uri: one of id, uri, digest
 * expires_at            whole seconds in UTC
 * nonce                 1 to 256 UTF-16 units
 * human_presence_mode   human_present, human_not_present
 * </pre>
 *
 * The text is compact JSON in which ampersand, angle brackets, U+2028 and U+2029 are escaped as Go does. The envelope
 * appends {@code signing_algorithm} ({@code ed25519-sha256-json-v1}), {@code message_digest_sha256_hex},
 * {@code signing_public_key_ed25519_hex} and {@code ed25519_signature_hex}. Source: Paybond Kit wire format, section 8.
 */
public final class AgentMandate {
    /** The member {@code kind}. */
    public static final String KIND = "paybond.agent_mandate_v1";

    private static final Set<String> CONSTRAINTS = Set.of("predicate", "policy");

    private final JsonObject json;

    private AgentMandate(JsonObject json) {
        this.json = json;
    }

    /**
     * Brings a mandate into normal form: trimmed, lower case where the format says so, scopes sorted without
     * repetition.
     *
     * @throws WireException {@code mandate.<member>} for the first member that does not fit
     */
    public static AgentMandate of(JsonObject mandate) {
        return of(mandate, Strictness.STRICT);
    }

    /** As {@link #of(JsonObject)}, in the given strictness. */
    public static AgentMandate of(JsonObject mandate, Strictness strictness) {
        return new AgentMandate(normalize(new MemberReader("mandate", mandate, strictness)));
    }

    private static JsonObject normalize(MemberReader mandate) {
        mandate.requireVersionOne("schema_version");
        mandate.requireConstant("kind", KIND);
        JsonObject authorization = MandateParts.authorization(mandate.object("authorization"));
        JsonObject agent = MandateParts.agent(mandate.object("agent"));
        List<String> actions = Rules.scopeTokens(mandate.strings("allowed_actions"), mandate.code("allowed_actions"));
        List<String> tools = Rules.scopeTokens(mandate.strings("allowed_tools"), mandate.code("allowed_tools"));
        Rules.require(!actions.isEmpty() || !tools.isEmpty(), mandate.code("scope"), "a mandate allows something");
        return JsonObject.builder()
                .put("schema_version", 1)
                .put("kind", KIND)
                .put("authorization", authorization)
                .put("agent", agent)
                .put("allowed_actions", actions)
                .put("allowed_tools", tools)
                .put("spend_ceiling", MandateParts.spendCeiling(mandate.object("spend_ceiling")))
                .put("settlement", settlement(mandate.object("settlement")))
                .put("constraint", constraint(mandate.object("constraint")))
                .putAll(limits(mandate))
                .build();
    }

    private static JsonObject settlement(MemberReader part) {
        Set<String> rails = new TreeSet<>();
        part.strings("allowed_rails")
                .forEach(rail -> rails.add(Rules.oneOf(rail, SettlementRails.ALL, part.code("allowed_rails"))));
        Rules.require(!rails.isEmpty(), part.code("allowed_rails"), "a mandate names a rail");
        String preferred = part.folded("default_rail");
        Rules.require(rails.contains(preferred), part.code("default_rail"), "the default rail is an allowed one");
        return JsonObject.builder()
                .put("default_rail", preferred)
                .put("allowed_rails", List.copyOf(rails))
                .build();
    }

    private static JsonObject constraint(MemberReader part) {
        Rules.oneOf(part.string("kind"), CONSTRAINTS, part.code("constraint_kind"));
        JsonObject constraint = MandateParts.constraint(part);
        boolean pointed = List.of("id", "uri", "digest_sha256_hex").stream()
                .anyMatch(name -> !constraint.string(name).orElseThrow().isEmpty());
        Rules.require(pointed, part.code("constraint"), "a constraint points at something");
        return constraint;
    }

    private static JsonObject limits(MemberReader mandate) {
        String nonce = Rules.short256(mandate.required("nonce"), mandate.code("nonce"));
        String presence = MandateParts.presence(mandate);
        return JsonObject.builder()
                .put("expires_at", mandate.timestamp("expires_at"))
                .put("nonce", nonce)
                .put("human_presence_mode", presence)
                .build();
    }

    /**
     * Checks a signed mandate: form, expiry, algorithm, digest, key, signature, trust. Strictly, the object must be in
     * its normal spelling already, or {@code mandate.not_normal}.
     *
     * @return refused as {@code mandate.<member>}, {@code mandate.expired}, {@code mandate.digest_mismatch},
     *     {@code mandate.signature} or {@code mandate.untrusted_key}; never thrown
     */
    public static Verdict<AgentMandate> verify(JsonObject signed, TrustedKeys trusted, Clock clock) {
        return verify(signed, trusted, clock, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, TrustedKeys, Clock)}, in the given strictness. */
    public static Verdict<AgentMandate> verify(
            JsonObject signed, TrustedKeys trusted, Clock clock, Strictness strictness) {
        MemberReader reader = new MemberReader("mandate", signed, strictness);
        return Checks.run(checks -> {
            AgentMandate mandate = checks.step("form", () -> new AgentMandate(normalize(reader)));
            Envelope.requireNormal(
                    checks, reader, Envelope.reseal(mandate.json, reader).build());
            checks.require("expiry", mandate.expiresAt().isAfter(clock.instant()), "mandate.expired");
            boolean algorithm = reader.trimmed(Envelope.ALGORITHM_MEMBER).equals(Envelope.ALGORITHM);
            checks.require("algorithm", algorithm, "mandate.signing_algorithm");
            VerifyingKey signer = Envelope.verify(checks, reader, mandate.digest());
            return checks.admit(mandate, signer, trusted, "mandate.untrusted_key");
        });
    }

    /** The envelope: the mandate and the four members that sign it. */
    public JsonObject sign(Signer signer) {
        return Envelope.seal(json, digest(), signer).build();
    }

    /** The mandate in normal form, members in the order they are signed. */
    public JsonObject toJson() {
        return json;
    }

    /** The text that is hashed. */
    public String canonicalJson() {
        return Envelope.goEscaped(json);
    }

    /** SHA-256 of {@link #canonicalJson()}; these 32 bytes are signed. */
    public Digest32 digest() {
        return Digest32.sha256(Text.utf8(canonicalJson()));
    }

    /** The tenant within which the mandate holds. */
    public String tenantId() {
        return part("authorization", "tenant_id");
    }

    /** Null if the mandate is the tenant's own. */
    public @Nullable String principalSubject() {
        String subject = part("authorization", "principal_subject");
        return subject.isEmpty() ? null : subject;
    }

    /** The agent that may act. */
    public String agentSubject() {
        return part("agent", "subject");
    }

    /** Sorted, in lower case. */
    public List<String> allowedActions() {
        return texts(json, "allowed_actions");
    }

    /** Sorted, in lower case. */
    public List<String> allowedTools() {
        return texts(json, "allowed_tools");
    }

    /** The ceiling in minor units of {@link #currency()}. */
    public long amountMinor() {
        return json.object("spend_ceiling")
                .flatMap(ceiling -> ceiling.integer("amount_minor"))
                .orElseThrow(() -> new WireException("mandate.amount_minor", "not an exact integer"));
    }

    /** Lower case, 3 to 16 characters. */
    public String currency() {
        return part("spend_ceiling", "currency");
    }

    /** One of {@link #allowedRails()}. */
    public String defaultRail() {
        return part("settlement", "default_rail");
    }

    /** Sorted, of {@link SettlementRails}, at least one. */
    public List<String> allowedRails() {
        return texts(json.object("settlement").orElseThrow(), "allowed_rails");
    }

    /** 1 to 256 UTF-16 units; that it is used once is for the reader to see to. */
    public String nonce() {
        return json.string("nonce").orElseThrow();
    }

    /** True if a person was there when the mandate was given. */
    public boolean isHumanPresent() {
        return json.string("human_presence_mode").orElseThrow().equals("human_present");
    }

    /** In whole seconds; the mandate is dead at this instant. */
    public Instant expiresAt() {
        return Timestamps.parse(json.string("expires_at").orElseThrow(), "mandate.expires_at");
    }

    private String part(String object, String member) {
        return json.object(object).flatMap(part -> part.string(member)).orElseThrow();
    }

    private static List<String> texts(JsonObject object, String member) {
        return object.array(member).flatMap(JsonArray::strings).orElseThrow();
    }
}
