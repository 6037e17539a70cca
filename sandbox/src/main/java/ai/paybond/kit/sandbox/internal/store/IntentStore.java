package ai.paybond.kit.sandbox.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Intents. Every lookup needs the tenant, so another tenant's intent reads as missing. */
public final class IntentStore {
    public Optional<IntentRow> find(Session session, String tenantId, String intentId) {
        return session.first(
                "select * from intent where tenant_id = ? and intent_id = ?", IntentStore::read, tenantId, intentId);
    }

    public List<IntentRow> all(Session session) {
        return session.list("select * from intent order by position", IntentStore::read);
    }

    /** Which intents a page shows: in order of creation, null filters nothing, null {@code after} is from the start. */
    public record Filter(
            @Nullable String state,
            @Nullable String partyDid,
            @Nullable String after) {}

    public List<IntentRow> page(Session session, String tenantId, Filter filter, int limit) {
        return session.list(
                "select * from intent where tenant_id = ? and (cast(? as varchar) is null or state = ?)"
                        + " and (cast(? as varchar) is null or principal_did = ? or payee_did = ?)"
                        + " and position > coalesce((select position from intent where tenant_id = ? and intent_id = ?), 0)"
                        + " order by position limit ?",
                IntentStore::read,
                tenantId,
                filter.state(),
                filter.state(),
                filter.partyDid(),
                filter.partyDid(),
                filter.partyDid(),
                tenantId,
                filter.after(),
                limit);
    }

    /** How many intents of the tenant are in a state, and what they come to in cents. */
    public record StateCount(String state, long count, long amountCents) {}

    public List<StateCount> countByState(Session session, String tenantId) {
        return session.list(
                "select state, count(*), sum(amount_cents) from intent where tenant_id = ? group by state order by state",
                row -> new StateCount(row.getString(1), row.getLong(2), row.getLong(3)),
                tenantId);
    }

    /** Intents that the party is principal or payee of. */
    public List<IntentRow> ofParty(Session session, String tenantId, String did) {
        return session.list(
                "select * from intent where tenant_id = ? and (principal_did = ? or payee_did = ?) order by position",
                IntentStore::read,
                tenantId,
                did,
                did);
    }

    public List<IntentRow> ofTenant(Session session, String tenantId) {
        return session.list("select * from intent where tenant_id = ? order by position", IntentStore::read, tenantId);
    }

    public void add(Session session, IntentRow intent) {
        session.update(
                "insert into intent (tenant_id, intent_id, state, principal_did, payee_did, payee_key,"
                        + " amount_cents, currency, deadline, settlement_rail, evidence_schema, predicate,"
                        + " allowed_tools, request_digest, capability_token, payment_digest, funding_status,"
                        + " predicate_passed, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                intent.tenantId(),
                intent.intentId(),
                intent.state(),
                intent.principalDid(),
                intent.payeeDid(),
                intent.payeeKey(),
                intent.amountCents(),
                intent.currency(),
                intent.deadline(),
                intent.settlementRail(),
                intent.evidenceSchema(),
                intent.predicate(),
                intent.allowedTools(),
                intent.requestDigest(),
                intent.capabilityToken(),
                intent.paymentDigest(),
                intent.fundingStatus(),
                intent.predicatePassed(),
                intent.createdAt());
    }

    public void setState(Session session, IntentRow intent, String state) {
        session.update(
                "update intent set state = ? where tenant_id = ? and intent_id = ?",
                state,
                intent.tenantId(),
                intent.intentId());
    }

    public void setEvaluation(Session session, IntentRow intent, String state, String payeeKey, boolean passed) {
        session.update(
                "update intent set state = ?, payee_key = ?, predicate_passed = ? where tenant_id = ? and intent_id = ?",
                state,
                payeeKey,
                passed,
                intent.tenantId(),
                intent.intentId());
    }

    public void setFunding(
            Session session,
            IntentRow intent,
            String state,
            String status,
            String paymentDigest,
            @Nullable String token) {
        session.update(
                "update intent set state = ?, funding_status = ?, payment_digest = ?, capability_token = ?"
                        + " where tenant_id = ? and intent_id = ?",
                state,
                status,
                paymentDigest,
                token,
                intent.tenantId(),
                intent.intentId());
    }

    private static IntentRow read(ResultSet row) throws SQLException {
        return new IntentRow(
                row.getString("tenant_id"),
                row.getString("intent_id"),
                row.getString("state"),
                row.getString("principal_did"),
                row.getString("payee_did"),
                row.getString("payee_key"),
                row.getLong("amount_cents"),
                row.getString("currency"),
                row.getString("deadline"),
                row.getString("settlement_rail"),
                row.getString("evidence_schema"),
                row.getString("predicate"),
                row.getString("allowed_tools"),
                row.getString("request_digest"),
                row.getString("capability_token"),
                row.getString("payment_digest"),
                row.getString("funding_status"),
                row.getObject("predicate_passed", Boolean.class),
                Session.instant(row, "created_at"));
    }
}
