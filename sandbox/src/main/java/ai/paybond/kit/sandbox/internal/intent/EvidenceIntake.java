package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.predicate.Evaluation;
import ai.paybond.kit.sandbox.internal.predicate.EvidenceSchema;
import ai.paybond.kit.sandbox.internal.predicate.Predicate;
import ai.paybond.kit.sandbox.internal.predicate.PredicateEvaluator;
import ai.paybond.kit.sandbox.internal.predicate.PredicateException;
import ai.paybond.kit.sandbox.internal.predicate.PredicateParser;
import ai.paybond.kit.sandbox.internal.receipt.ReceiptIssuer;
import ai.paybond.kit.sandbox.internal.store.EvidenceRow;
import ai.paybond.kit.sandbox.internal.store.EvidenceStore;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes evidence in: whose is it, does it conform, and does it fulfil the intent. */
final class EvidenceIntake {
    private final IntentStore intents;
    private final EvidenceStore store;
    private final Ledger ledger;
    private final ReceiptIssuer receipts;
    private final Clock clock;

    EvidenceIntake(IntentStore intents, EvidenceStore store, Ledger ledger, ReceiptIssuer receipts, Clock clock) {
        this.intents = intents;
        this.store = store;
        this.ledger = ledger;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** The reply to a signed body; the very same request again gets the same reply. */
    JsonObject submit(IntentRow intent, String id, JsonObject body, Submission submission, Session session) {
        Optional<EvidenceRow> before = store.find(session, intent.tenantId(), intent.intentId());
        if (before.isPresent() && before.get().requestDigest().equals(submission.requestDigest())) {
            return JsonObject.parse(before.get().reply());
        }
        IntentState.FUNDED.require(intent);
        IntentRules.requireInTime(intent, clock);
        SignedEvidence evidence = read(intent.tenantId(), id, body);
        requirePayee(intent, evidence);
        return accept(intent, id, evidence, submission, session);
    }

    private static SignedEvidence read(String tenantId, String id, JsonObject body) {
        try {
            return SignedEvidence.fromBody(tenantId, id, body);
        } catch (WireException e) {
            JsonObject details = JsonObject.builder().put("code", e.code()).build();
            if (e.code().equals("evidence.signature")) {
                throw ApiException.nested(
                        400, "evidence.signature.invalid", "The payee's signature does not fit.", details);
            }
            throw ApiException.nested(
                    400, "validation_error", "The evidence is malformed (" + e.code() + ").", details);
        }
    }

    /** Older generations do not sign a payee key, so the first one that is used becomes the intent's. */
    private static void requirePayee(IntentRow intent, SignedEvidence evidence) {
        if (!evidence.statement().payeeDid().equals(intent.payeeDid())) {
            throw ApiException.nested(422, "evidence.payee_mismatch", "The evidence is from another payee.");
        }
        @Nullable String bound = intent.payeeKey();
        if (bound != null && !bound.equals(evidence.payee().hex())) {
            throw ApiException.nested(
                    422, "evidence.payee_key_mismatch", "The evidence is signed with a key that is not the payee's.");
        }
    }

    private JsonObject accept(
            IntentRow intent, String id, SignedEvidence evidence, Submission submission, Session session) {
        Evaluation evaluation = evaluate(intent, evidence.statement().payload());
        intents.setEvaluation(
                session,
                intent,
                IntentState.EVIDENCE_SUBMITTED.text(),
                evidence.payee().hex(),
                evaluation.passed());
        record(intent, evidence, evaluation, session);
        IntentRow evaluated =
                intents.find(session, intent.tenantId(), intent.intentId()).orElseThrow();
        Optional<JsonObject> receipt =
                receipts.issueAction(evaluated, evidence, submission.subject(), submission.headers(), session);
        JsonObject reply = reply(intent, id, evidence, evaluation, receipt);
        store.add(session, row(intent, evidence, submission.requestDigest(), evaluation, reply));
        return reply;
    }

    /**
     * A payload of the wrong shape is an error of its sender, not a failed predicate, unless the predicate itself asks
     * about the shape.
     */
    private static Evaluation evaluate(IntentRow intent, JsonValue payload) {
        try {
            Predicate predicate = PredicateParser.parse(JsonValue.parse(intent.predicate()));
            Optional<List<String>> violation = EvidenceSchema.accepted(JsonValue.parse(intent.evidenceSchema()))
                    .firstViolation(payload);
            if (violation.isPresent() && !predicate.asksAboutSchema()) {
                throw error(
                        "intent.evidence.schema",
                        "The payload does not conform to the evidence schema.",
                        violation.get());
            }
            return PredicateEvaluator.evaluate(predicate, payload, intent.amountCents(), violation::isEmpty);
        } catch (PredicateException e) {
            throw error("intent.predicate.error", e.reason(), e.path());
        }
    }

    private static ApiException error(String code, String message, List<String> path) {
        return ApiException.nested(
                422, code, message, JsonObject.builder().put("path", path).build());
    }

    private static JsonObject reply(
            IntentRow intent, String id, SignedEvidence evidence, Evaluation evaluation, Optional<JsonObject> receipt) {
        return JsonObject.builder()
                .put("intent_id", id)
                .put("tenant", intent.tenantId())
                .put("state", IntentState.EVIDENCE_SUBMITTED.text())
                .put("predicate_passed", evaluation.passed())
                .put("predicate_evaluation", evaluation.toJson())
                .put("payload_digest", evidence.statement().payloadDigest().hex())
                .put("artifacts_digest", evidence.statement().artifactsDigest().hex())
                .putIfPresent("agent_receipt", receipt.orElse(null))
                .build();
    }

    private EvidenceRow row(
            IntentRow intent, SignedEvidence evidence, String requestDigest, Evaluation evaluation, JsonObject reply) {
        return new EvidenceRow(
                intent.tenantId(),
                intent.intentId(),
                requestDigest,
                CanonicalJson.strict(evidence.statement().payload()),
                JsonValue.of(evidence.statement().artifactsBlake3Hex()).toJson(),
                evidence.statement().payloadDigest().hex(),
                evidence.statement().artifactsDigest().hex(),
                evidence.version() == EvidenceVersion.V1 ? 1 : 2,
                evidence.payee().hex(),
                evidence.statement().submittedAt(),
                clock.instant(),
                evaluation.passed(),
                reply.toJson());
    }

    private void record(IntentRow intent, SignedEvidence evidence, Evaluation evaluation, Session session) {
        JsonObject submitted = JsonObject.builder()
                .put("payload_digest", evidence.statement().payloadDigest().hex())
                .put("artifacts_digest", evidence.statement().artifactsDigest().hex())
                .put("payee_key_hex", evidence.payee().hex())
                .build();
        ledger.append(session, intent.tenantId(), "evidence_submitted", intent.intentId(), submitted);
        JsonObject evaluated =
                JsonObject.builder().put("passed", evaluation.passed()).build();
        ledger.append(session, intent.tenantId(), "predicate_evaluated", intent.intentId(), evaluated);
    }
}
