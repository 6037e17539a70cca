package ai.paybond.kit.sandbox.internal.store;

/** Agent runs and the number of trace events received for each. */
public final class RunStore {
    public void put(Session session, String tenantId, String runId, String body) {
        int known = session.update(
                "update agent_run set body = ? where tenant_id = ? and run_id = ?", body, tenantId, runId);
        if (known == 0) {
            add(session, tenantId, runId, body, 0);
        }
    }

    /** Counts events against the run, which need not have been announced: clients send both at once. */
    public void addEvents(Session session, String tenantId, String runId, int count) {
        int known = session.update(
                "update agent_run set events = events + ? where tenant_id = ? and run_id = ?", count, tenantId, runId);
        if (known == 0) {
            add(session, tenantId, runId, "{}", count);
        }
    }

    private static void add(Session session, String tenantId, String runId, String body, int events) {
        session.update(
                "insert into agent_run (tenant_id, run_id, body, events) values (?, ?, ?, ?)",
                tenantId,
                runId,
                body,
                events);
    }
}
