package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.capability.CapabilityIssuer;
import ai.paybond.kit.sandbox.internal.capability.Grant;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.predicate.EvidenceSchema;
import ai.paybond.kit.sandbox.internal.predicate.PredicateException;
import ai.paybond.kit.sandbox.internal.predicate.PredicateParser;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.intent.IntentContext;
import ai.paybond.kit.wire.intent.IntentStatement;
import ai.paybond.kit.wire.intent.SignedIntent;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes a signed intent in: checks it, stores it, and issues its capability once it is funded. */
final class IntentCreation {
    private static final int MAX_DID = 512;
    private static final int MAX_CURRENCY = 16;
    private static final int MAX_TOOLS = 32;
    private static final int MAX_TOOL = 256;
    private static final int MAX_TOKEN = 4096;

    private final IntentStore intents;
    private final CapabilityIssuer issuer;
    private final Ledger ledger;
    private final Clock clock;

    IntentCreation(IntentStore intents, CapabilityIssuer issuer, Ledger ledger, Clock clock) {
        this.intents = intents;
        this.issuer = issuer;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Reads a body that a principal signed, in any generation. */
    SignedIntent read(String tenantId, JsonObject body, IntentContext policies) {
        try {
            return SignedIntent.fromBody(tenantId, body, policies);
        } catch (WireException e) {
            throw refusal(e);
        }
    }

    private static ApiException refusal(WireException e) {
        JsonObject details = JsonObject.builder().put("code", e.code()).build();
        return switch (e.code()) {
            case "intent.signature" ->
                ApiException.nested(
                        400, "intent.signature.invalid", "The principal's signature does not fit the intent.", details);
            case "policy.unknown", "policy.head_mismatch" ->
                ApiException.nested(
                        400, "template_head_mismatch", "The policy binding is not the published head.", details);
            default ->
                ApiException.nested(400, "validation_error", "The intent is malformed (" + e.code() + ").", details);
        };
    }

    /** The stored intent: a new one, or the same one again when the very same request created it before. */
    IntentRow create(SignedIntent signed, String requestDigest, Session session) {
        IntentStatement statement = signed.statement();
        String id = Request.stored(statement.intentId());
        Optional<IntentRow> existing = intents.find(session, statement.tenantId(), id);
        if (existing.isPresent()) {
            return same(existing.get(), requestDigest);
        }
        validate(statement);
        IntentRow intent = row(signed, id, requestDigest);
        intents.add(session, intent);
        record(signed, intent, session);
        return intent;
    }

    private static IntentRow same(IntentRow existing, String requestDigest) {
        if (!existing.requestDigest().equals(requestDigest)) {
            throw ApiException.nested(409, "intent.conflict", "The intent id was used with another body.");
        }
        return existing;
    }

    private void validate(IntentStatement intent) {
        requireLength("principal_did", intent.principalDid(), MAX_DID);
        requireLength("payee_did", intent.payeeDid(), MAX_DID);
        requireLength("currency", intent.currency(), MAX_CURRENCY);
        if (intent.amountCents() < 0) {
            throw ApiException.invalid("amount_cents must not be negative.");
        }
        if (intent.allowedTools().size() > MAX_TOOLS) {
            throw ApiException.invalid("allowed_tools must have at most 32 entries.");
        }
        intent.allowedTools().forEach(tool -> requireLength("allowed_tools", tool, MAX_TOOL));
        if (!clock.instant().isBefore(IntentRules.parse(intent.deadline()))) {
            throw ApiException.nested(400, "intent.deadline.invalid", "The deadline must be in the future.");
        }
        requireDocument("intent.predicate.invalid", () -> PredicateParser.parse(intent.predicate()));
        requireDocument("intent.evidence_schema.invalid", () -> EvidenceSchema.of(intent.evidenceSchema()));
    }

    private static void requireLength(String name, String text, int max) {
        if (text.isBlank() || text.length() > max) {
            throw ApiException.invalid(name + " must have 1 to " + max + " characters.");
        }
    }

    private static void requireDocument(String code, Runnable parse) {
        try {
            parse.run();
        } catch (PredicateException e) {
            throw ApiException.nested(
                    400,
                    code,
                    e.reason(),
                    JsonObject.builder().put("path", e.path()).build());
        }
    }

    private IntentRow row(SignedIntent signed, String id, String requestDigest) {
        IntentStatement intent = signed.statement();
        String rail = intent.settlementRail().filter(text -> !text.isBlank()).orElse("stripe_connect");
        boolean funded = FundingRail.of(rail).fundsAtCreation();
        return new IntentRow(
                intent.tenantId(),
                id,
                (funded ? IntentState.FUNDED : IntentState.OPEN).text(),
                intent.principalDid(),
                intent.payeeDid(),
                intent.payeeKey().map(VerifyingKey::hex).orElse(null),
                intent.amountCents(),
                intent.currency(),
                intent.deadline(),
                rail,
                intent.evidenceSchema().toJson(),
                intent.predicate().toJson(),
                JsonValue.of(intent.allowedTools()).toJson(),
                requestDigest,
                funded ? token(intent, id) : null,
                null,
                funded ? "authorization_succeeded" : "created",
                null,
                clock.instant());
    }

    private String token(IntentStatement intent, String id) {
        return mint(new Grant(
                intent.tenantId(),
                id,
                intent.payeeDid(),
                Set.copyOf(intent.allowedTools()),
                intent.amountCents(),
                intent.currency(),
                IntentRules.parse(intent.deadline()).truncatedTo(ChronoUnit.SECONDS),
                UUID.randomUUID().toString()));
    }

    /** The capability of an intent that was stored unfunded. */
    String token(IntentRow intent) {
        return mint(new Grant(
                intent.tenantId(),
                intent.intentId(),
                intent.payeeDid(),
                Set.copyOf(IntentRules.allowedTools(intent)),
                intent.amountCents(),
                intent.currency(),
                IntentRules.deadline(intent).truncatedTo(ChronoUnit.SECONDS),
                UUID.randomUUID().toString()));
    }

    private String mint(Grant grant) {
        String token = issuer.mint(grant);
        if (token.length() > MAX_TOKEN) {
            throw ApiException.invalid("allowed_tools and names are too long for one capability.");
        }
        return token;
    }

    private void record(SignedIntent signed, IntentRow intent, Session session) {
        JsonObject created = JsonObject.builder()
                .put("principal_did", intent.principalDid())
                .put("principal_key_hex", signed.principalKey().hex())
                .put("payee_did", intent.payeeDid())
                .put("amount_cents", intent.amountCents())
                .put("currency", intent.currency())
                .put("settlement_rail", intent.settlementRail())
                .put("signing_version", signed.version().signingVersion())
                .put("request_sha256_hex", intent.requestDigest())
                .build();
        ledger.append(session, intent.tenantId(), "intent_created", intent.intentId(), created);
        if (IntentState.FUNDED.isStateOf(intent)) {
            recordHold(intent, session);
        }
    }

    void recordHold(IntentRow intent, Session session) {
        JsonObject hold = JsonObject.builder()
                .put("amount_cents", intent.amountCents())
                .put("currency", intent.currency())
                .put("settlement_rail", intent.settlementRail())
                .build();
        ledger.append(session, intent.tenantId(), "settlement_hold_placed", intent.intentId(), hold);
    }
}
