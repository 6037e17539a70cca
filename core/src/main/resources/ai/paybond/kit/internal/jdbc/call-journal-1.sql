-- One row for each guarded call: its newest entry.
CREATE TABLE paybond_call (
    intent_id   TEXT    NOT NULL,
    call_id     TEXT    NOT NULL,
    attempt     INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    pending     INTEGER NOT NULL,
    changed_s   BIGINT  NOT NULL,
    changed_ns  INTEGER NOT NULL,
    entry       TEXT    NOT NULL,
    signed_body BYTEA,
    PRIMARY KEY (intent_id, call_id)
);
CREATE INDEX paybond_call_pending ON paybond_call (changed_s, changed_ns) WHERE pending = 1;
CREATE INDEX paybond_call_state ON paybond_call (state, changed_s, changed_ns);

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
