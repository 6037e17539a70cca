-- One schema for everything a sandbox must not forget. Every table that a tenant can reach starts its key with
-- tenant_id, so that a lookup that forgets the tenant does not compile into a working query. Types and statements are
-- those that H2 and PostgreSQL agree on.

create table setting (
    name  varchar(64)  primary key,
    text  varchar(256) not null
);

create table tenant (
    tenant_id          varchar(256) primary key,
    position           int          not null,
    tenant_uuid        uuid         not null,
    ledger_seed        char(64)     not null,
    principal_seed     char(64)     not null,
    payee_seed         char(64)     not null
);

create table api_key (
    key_id       char(32)     primary key,
    tenant_id    varchar(256) not null references tenant,
    environment  varchar(16)  not null,
    secret       char(64)     not null,
    role         varchar(32)  not null,
    subject      varchar(128) not null,
    scopes       varchar(512),
    revoked      boolean      not null,
    position     bigint       generated always as identity
);

create table recognition_key (
    tenant_id   varchar(256) not null references tenant,
    key_id      varchar(128) not null,
    seed        char(64)     not null,
    revoked     boolean      not null,
    primary key (tenant_id, key_id)
);

create table recognition_nonce (
    tenant_id   varchar(256) not null,
    key_id      varchar(128) not null,
    nonce       varchar(256) not null,
    expires_at  timestamp(6) with time zone not null,
    primary key (tenant_id, key_id, nonce)
);

create table idempotency (
    tenant_id    varchar(256) not null,
    operation    varchar(64)  not null,
    idem_key     varchar(256) not null,
    fingerprint  char(64)     not null,
    status       int          not null,
    headers      varchar(4096) not null,
    body         text not null,
    stored_at    timestamp(6) with time zone not null,
    primary key (tenant_id, operation, idem_key)
);

create table intent (
    tenant_id         varchar(256) not null references tenant,
    intent_id         char(36)     not null,
    position          bigint       generated always as identity,
    state             varchar(32)  not null,
    principal_did     varchar(4096) not null,
    payee_did         varchar(4096) not null,
    payee_key         char(64),
    amount_cents      bigint       not null,
    currency          varchar(64)  not null,
    deadline          varchar(64)  not null,
    settlement_rail   varchar(64)  not null,
    evidence_schema   text not null,
    predicate         text not null,
    allowed_tools     text not null,
    request_digest    char(64)     not null,
    capability_token  varchar(8192),
    payment_digest    char(64),
    funding_status    varchar(32)  not null,
    predicate_passed  boolean,
    created_at        timestamp(6) with time zone not null,
    primary key (tenant_id, intent_id)
);

create table evidence (
    tenant_id         varchar(256) not null,
    intent_id         char(36)     not null,
    request_digest    char(64)     not null,
    payload           text not null,
    artifacts         text not null,
    payload_digest    char(64)     not null,
    artifacts_digest  char(64)     not null,
    signing_version   int          not null,
    payee_key         char(64)     not null,
    submitted_at      varchar(64)  not null,
    received_at       timestamp(6) with time zone not null,
    predicate_passed  boolean      not null,
    reply             text not null,
    primary key (tenant_id, intent_id),
    foreign key (tenant_id, intent_id) references intent (tenant_id, intent_id)
);

create table verification (
    tenant_id    varchar(256) not null references tenant,
    audit_id     uuid         not null,
    position     bigint       generated always as identity,
    intent_id    varchar(64)  not null,
    operation    varchar(4096) not null,
    spend_cents  bigint       not null,
    allow        boolean      not null,
    code         varchar(64),
    tool_call_id varchar(4096),
    decision_id  uuid,
    vendor_id    varchar(256),
    context      text         not null,
    at           timestamp(6) with time zone not null,
    primary key (tenant_id, audit_id)
);

create table spend_decision (
    tenant_id    varchar(256) not null,
    decision_id  uuid         not null,
    position     bigint       generated always as identity,
    intent_id    char(36)     not null,
    operation    varchar(4096) not null,
    spend_cents  bigint       not null,
    status       varchar(16)  not null,
    reserved_at  timestamp(6) with time zone not null,
    expires_at   timestamp(6) with time zone not null,
    primary key (tenant_id, decision_id),
    foreign key (tenant_id, intent_id) references intent (tenant_id, intent_id)
);
create index spend_decision_by_intent on spend_decision (tenant_id, intent_id);

create table approval (
    tenant_id         varchar(256) not null,
    approval_id       uuid         not null,
    position          bigint       generated always as identity,
    intent_id         char(36)     not null,
    operation         varchar(4096) not null,
    spend_cents       bigint       not null,
    tool_call_id      varchar(256),
    arguments_digest  char(64),
    reason            varchar(256) not null,
    token             varchar(128),
    status            varchar(16)  not null,
    requested_at      timestamp(6) with time zone not null,
    expires_at        timestamp(6) with time zone not null,
    decided_at        timestamp(6) with time zone,
    note              varchar(1024),
    primary key (tenant_id, approval_id),
    foreign key (tenant_id, intent_id) references intent (tenant_id, intent_id)
);

create table revoked_capability (
    jti varchar(64) primary key
);

create table ledger_entry (
    tenant_id         varchar(256) not null references tenant,
    seq               bigint       not null,
    event             text not null,
    timestamp_nanos   bigint       not null,
    prev_commitment   char(64)     not null,
    entry_commitment  char(64)     not null,
    issuer_key        char(64)     not null,
    signature         char(128)    not null,
    primary key (tenant_id, seq)
);

-- What is only ever written and read whole: policies, runs and their events, receipts, mandates, disputes, exports.
create table document (
    tenant_id  varchar(256) not null,
    kind       varchar(32)  not null,
    doc_id     varchar(256) not null,
    position   bigint       generated always as identity,
    body       text         not null,
    stored_at  timestamp(6) with time zone not null,
    primary key (tenant_id, kind, doc_id)
);
create index document_by_position on document (tenant_id, kind, position);
