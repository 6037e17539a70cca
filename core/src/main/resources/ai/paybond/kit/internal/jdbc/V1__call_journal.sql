-- One row for each guarded call: its newest entry.
CREATE TABLE paybond_call (
    intent_id   TEXT    NOT NULL,
    call_id     TEXT    NOT NULL,
    tenant_id   TEXT    NOT NULL,
    attempt     INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    pending     INTEGER NOT NULL,
    changed_s   BIGINT  NOT NULL,
    changed_ns  INTEGER NOT NULL,
    finished_s  BIGINT  NOT NULL,
    finished_ns INTEGER NOT NULL,
    due_ms      BIGINT  NOT NULL,
    runner      TEXT,
    entry       TEXT    NOT NULL,
    signed_body BYTEA,
    PRIMARY KEY (intent_id, call_id)
);
CREATE INDEX paybond_call_pending ON paybond_call (intent_id, finished_s, finished_ns, call_id) WHERE pending = 1;
CREATE INDEX paybond_call_state ON paybond_call (state, changed_s, changed_ns);
CREATE INDEX paybond_call_changed ON paybond_call (changed_s, changed_ns);

-- What all calls charged to one budget spend together.
CREATE TABLE paybond_budget (
    scope         TEXT   PRIMARY KEY,
    charged_cents BIGINT NOT NULL
);

-- Which call is charged to which budgets, until its outcome takes the charge back.
CREATE TABLE paybond_charge (
    intent_id TEXT   NOT NULL,
    call_id   TEXT   NOT NULL,
    scope     TEXT   NOT NULL,
    cents     BIGINT NOT NULL,
    PRIMARY KEY (intent_id, call_id, scope)
);

-- Who delivers the calls of an intent, one after the other. Whoever finds the time past takes over.
CREATE TABLE paybond_delivery (
    tenant_id TEXT   NOT NULL,
    intent_id TEXT   NOT NULL,
    owner     TEXT   NOT NULL,
    until_ms  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, intent_id)
);

-- Which processes run calls. One that does not say so again in time counts as dead.
CREATE TABLE paybond_runner (
    runner   TEXT   PRIMARY KEY,
    until_ms BIGINT NOT NULL
);

-- Every transition of every call, each bound to the one before it and signed. Empty unless the journal was given a key.
CREATE TABLE paybond_record (
    number        BIGINT PRIMARY KEY,
    content       TEXT   NOT NULL,
    previous_hash TEXT   NOT NULL,
    hash          TEXT   NOT NULL,
    signature     TEXT   NOT NULL
);
