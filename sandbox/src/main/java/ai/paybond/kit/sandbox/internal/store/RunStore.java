package ai.paybond.kit.sandbox.internal.store;

/** Agent runs and the number of trace events received for each. */
public final class RunStore {
    public void put(Session session, String tenantId, String runId, String body) {
        session.update(
                "merge into agent_run (tenant_id, run_id, body, events) key (tenant_id, run_id) values (?, ?, ?,"
                        + " coalesce((select events from agent_run where tenant_id = ? and run_id = ?), 0))",
                tenantId,
                runId,
                body,
                tenantId,
                runId);
    }

    /** Counts events against the run, which need not have been announced: clients send both at once. */
    public void addEvents(Session session, String tenantId, String runId, int count) {
        int known = session.update(
                "update agent_run set events = events + ? where tenant_id = ? and run_id = ?", count, tenantId, runId);
        if (known == 0) {
            session.update(
                    "insert into agent_run (tenant_id, run_id, body, events) values (?, ?, '{}', ?)",
                    tenantId,
                    runId,
                    count);
        }
    }
}
