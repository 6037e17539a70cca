-- Indexes only: what they are over is that of version 1, so that both versions can use one store. Finding the next call
-- to deliver must not read all that wait, which are many just when deliveries were held up.
CREATE INDEX IF NOT EXISTS paybond_call_owed ON paybond_call (finished_s, finished_ns, call_id) WHERE pending = 1;
CREATE INDEX IF NOT EXISTS paybond_call_due
    ON paybond_call (tenant_id, due_ms, finished_s, finished_ns, call_id) WHERE pending = 1;
