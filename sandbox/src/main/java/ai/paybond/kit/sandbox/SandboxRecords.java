package ai.paybond.kit.sandbox;

import ai.paybond.kit.sandbox.internal.intent.IntentRules;
import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.store.Database;
import ai.paybond.kit.sandbox.internal.store.DecisionRow;
import ai.paybond.kit.sandbox.internal.store.EvidenceRow;
import ai.paybond.kit.sandbox.internal.store.EvidenceStore;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import ai.paybond.kit.sandbox.internal.store.VerificationRow;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What the sandbox has seen and kept, for tests to look at. Thread-safe; every call reads the store anew. */
public final class SandboxRecords {
    private final Database database;
    private final IntentStore intents;
    private final EvidenceStore evidence;
    private final SpendStore spend;
    private final Ledger ledger;

    SandboxRecords(Database database, IntentStore intents, EvidenceStore evidence, SpendStore spend, Ledger ledger) {
        this.database = database;
        this.intents = intents;
        this.evidence = evidence;
        this.spend = spend;
        this.ledger = ledger;
    }

    /**
     * One answered {@code /verify}.
     *
     * @param intentId as the caller wrote it
     * @param spendCents the spend that was asked for, in cents
     * @param code the reason, empty when it was allowed
     * @param decisionId the decision that holds the spend, empty when none does
     */
    public record Verification(
            String tenantId,
            UUID auditId,
            String intentId,
            String operation,
            long spendCents,
            boolean allow,
            Optional<String> code,
            Optional<String> toolCallId,
            Optional<UUID> decisionId,
            Instant at) {}

    /**
     * An intent.
     *
     * @param intentId in lower case
     * @param state {@code open}, {@code funded}, {@code evidence_submitted}, {@code released} or {@code refunded}
     * @param predicatePassed empty until evidence was evaluated
     */
    public record Intent(
            String tenantId,
            String intentId,
            String state,
            long amountCents,
            String currency,
            List<String> allowedTools,
            String settlementRail,
            Optional<Boolean> predicatePassed) {}

    /**
     * Accepted evidence.
     *
     * @param signingVersion 1 or 2, the generation its signature fits
     */
    public record Evidence(
            String tenantId,
            String intentId,
            JsonValue payload,
            List<String> artifacts,
            String payloadDigestHex,
            String artifactsDigestHex,
            int signingVersion,
            String submittedAt,
            boolean predicatePassed) {}

    /** What has become of a spend. */
    public enum DecisionStatus {
        RESERVED,
        CONSUMED,
        RELEASED
    }

    /** A spend held, in cents, for one authorized call. */
    public record Decision(
            String tenantId,
            UUID decisionId,
            String intentId,
            String operation,
            long spendCents,
            DecisionStatus status,
            Instant expiresAt) {}

    /** A ledger row; commitments are hex. */
    public record LedgerEntry(
            long seq, String kind, JsonObject event, String prevCommitmentHex, String entryCommitmentHex) {}

    /** Every answered {@code /verify}, oldest first. */
    public List<Verification> verifications() {
        return database.inTransaction(session ->
                spend.verifications(session).stream().map(SandboxRecords::view).toList());
    }

    /** Every intent, oldest first. */
    public List<Intent> intents() {
        return database.inTransaction(session ->
                intents.all(session).stream().map(SandboxRecords::view).toList());
    }

    /** The evidence accepted for an intent, at most one per tenant. */
    public List<Evidence> evidence(String intentId) {
        return database.inTransaction(session -> evidence.byIntent(session, intentId.toLowerCase(Locale.ROOT)).stream()
                .map(SandboxRecords::view)
                .toList());
    }

    /** Every spend decision, oldest first. */
    public List<Decision> decisions() {
        return database.inTransaction(session ->
                spend.decisions(session).stream().map(SandboxRecords::view).toList());
    }

    /** The whole ledger of a tenant. */
    public List<LedgerEntry> ledger(String tenantId) {
        return database.inTransaction(session -> ledger.after(session, tenantId, 0, Integer.MAX_VALUE).stream()
                .map(SandboxRecords::view)
                .toList());
    }

    /** Whether every row of the tenant's ledger follows the one before it and is signed as it stands. */
    public boolean ledgerVerifies(String tenantId) {
        return database.inTransaction(session -> ledger.audit(session, tenantId))
                .ok();
    }

    private static Verification view(VerificationRow row) {
        return new Verification(
                row.tenantId(),
                row.auditId(),
                row.intentId(),
                row.operation(),
                row.spendCents(),
                row.allow(),
                Optional.ofNullable(row.code()),
                Optional.ofNullable(row.toolCallId()),
                Optional.ofNullable(row.decisionId()),
                row.at());
    }

    private static Intent view(IntentRow row) {
        return new Intent(
                row.tenantId(),
                row.intentId(),
                row.state(),
                row.amountCents(),
                row.currency(),
                IntentRules.allowedTools(row),
                row.settlementRail(),
                Optional.ofNullable(row.predicatePassed()));
    }

    private static Evidence view(EvidenceRow row) {
        return new Evidence(
                row.tenantId(),
                row.intentId(),
                JsonValue.parse(row.payload()),
                ((JsonArray) JsonValue.parse(row.artifacts())).strings().orElseThrow(),
                row.payloadDigest(),
                row.artifactsDigest(),
                row.signingVersion(),
                row.submittedAt(),
                row.predicatePassed());
    }

    private static Decision view(DecisionRow row) {
        return new Decision(
                row.tenantId(),
                row.decisionId(),
                row.intentId(),
                row.operation(),
                row.spendCents(),
                DecisionStatus.valueOf(row.status().toUpperCase(Locale.ROOT)),
                row.expiresAt());
    }

    private static LedgerEntry view(LedgerRow row) {
        JsonObject event = JsonObject.parse(row.event());
        return new LedgerEntry(
                row.seq(), event.string("kind").orElse(""), event, row.prevCommitment(), row.entryCommitment());
    }
}
