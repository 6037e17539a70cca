package ai.paybond.kit.sandbox.internal.signal;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Endpoint;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Reputation receipts and portfolios. What is signed is SHA-256 of the compact JSON without the four signing members; ours. */
public final class SignalEndpoints {
    private static final String MODEL = "paybond.signal.v1";

    private final Operators operators;
    private final Ledger ledger;
    private final Signer signer;
    private final Clock clock;

    public SignalEndpoints(IntentStore intents, Ledger ledger, Signer signer, Clock clock) {
        this.operators = new Operators(intents);
        this.ledger = ledger;
        this.signer = signer;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                read("/reputation/{did}", this::receipt),
                read("/signal/v1/portfolio/summary", this::summary),
                read("/signal/v1/portfolio/signed-export", this::export),
                Route.gateway(SandboxRoute.SIGNAL, "GET", "/signal/v1/operators/{did}/explanation", this::explanation));
    }

    private static Route read(String path, Endpoint endpoint) {
        return Route.gateway(SandboxRoute.SIGNAL, "GET", path, endpoint).scoped(Scope.SIGNAL_READ);
    }

    private Reply receipt(Request request, Caller caller, Session session) {
        OperatorRecord operator = operator(request, caller, session);
        return Reply.ok(JsonObject.builder()
                .put("schema_version", 1)
                .put("updated_at", DateTimeFormatter.ISO_INSTANT.format(clock.instant()))
                .put("receipt", sign(receipt(operator, request, caller, session)))
                .build());
    }

    private JsonObject receipt(OperatorRecord operator, Request request, Caller caller, Session session) {
        return JsonObject.builder()
                .put("schema_version", 1)
                .put("receipt_version", "3")
                .put("tenant_id", caller.tenantId())
                .put("operator_did", operator.did())
                .put("score_version", version(request))
                .put("scoring_model", MODEL)
                .put("scoring_narrative", "Scored by a sandbox, from the tenant's own intents.")
                .put("explanation_summary", operator.terminal() + " settled intents.")
                .put("ledger_watermark_seq", watermark(caller, session))
                .put("reason_codes", operator.reasonCodes())
                .put("metrics", operator.metrics())
                .put("score", operator.score())
                .build();
    }

    private Reply summary(Request request, Caller caller, Session session) {
        List<OperatorRecord> all = operators.all(session, caller.tenantId());
        return Reply.ok(JsonObject.builder()
                .put("schema_version", 1)
                .put("tenant_id", caller.tenantId())
                .put("score_model_version", version(request))
                .put("scoring_model", MODEL)
                .put("checkpoint_last_ledger_seq", watermark(caller, session))
                .put("operator_count", all.size())
                .put(
                        "average_score",
                        all.stream().mapToLong(OperatorRecord::score).average().orElse(0))
                .put(
                        "total_terminal_intents",
                        all.stream().mapToLong(OperatorRecord::terminal).sum())
                .put(
                        "total_receipted_volume_cents",
                        all.stream()
                                .mapToLong(OperatorRecord::receiptedVolumeCents)
                                .sum())
                .put(
                        "operators_under_review",
                        all.stream().filter(OperatorRecord::isSuspicious).count())
                .build());
    }

    private Reply export(Request request, Caller caller, Session session) {
        return Reply.ok(sign(JsonObject.builder()
                .put("schema_version", 1)
                .put("artifact_version", "1")
                .put("kind", "paybond.signal.portfolio_snapshot")
                .put("tenant_id", caller.tenantId())
                .put("score_model_version", version(request))
                .put("scoring_model", MODEL)
                .put("checkpoint_last_ledger_seq", watermark(caller, session))
                .put(
                        "operators",
                        operators.all(session, caller.tenantId()).stream()
                                .map(operator -> exported(operator, request, caller, session))
                                .toList())
                .build()));
    }

    private JsonObject exported(OperatorRecord operator, Request request, Caller caller, Session session) {
        return JsonObject.builder()
                .put("operator_did", operator.did())
                .put("receipt_version", "3")
                .put("score", operator.score())
                .put("ledger_watermark_seq", watermark(caller, session))
                .put(
                        "receipt_message_digest_hex",
                        digest(receipt(operator, request, caller, session)).hex())
                .build();
    }

    private Reply explanation(Request request, Caller caller, Session session) {
        OperatorRecord operator = operator(request, caller, session);
        return Reply.ok(JsonObject.builder()
                .put("schema_version", 1)
                .put("tenant_id", caller.tenantId())
                .put("operator_did", operator.did())
                .put("score_version", version(request))
                .put("score", operator.score())
                .put("reason_codes", operator.reasonCodes())
                .put("metrics", operator.metrics())
                .put("summary", operator.terminal() + " settled intents.")
                .build());
    }

    private OperatorRecord operator(Request request, Caller caller, Session session) {
        return operators
                .find(session, caller.tenantId(), request.parameters().getOrDefault("did", ""))
                .orElseThrow(ApiException::notFound);
    }

    private long watermark(Caller caller, Session session) {
        return ledger.tip(session, caller.tenantId()).map(LedgerRow::seq).orElse(0L);
    }

    static String version(Request request) {
        return request.query().getOrDefault("score_version", "1.0");
    }

    private static Digest32 digest(JsonObject statement) {
        return Digest32.sha256(statement.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject sign(JsonObject statement) {
        Digest32 digest = digest(statement);
        return JsonObject.builder()
                .putAll(statement)
                .put("signing_algorithm", "ed25519-sha256-json-v1")
                .put("message_digest_hex", digest.hex())
                .put("signing_public_key_hex", signer.publicKey().hex())
                .put("signature_hex", Hex.encode(signer.sign(digest.bytes())))
                .build();
    }
}
