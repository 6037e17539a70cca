-- A call must not read what other calls have left behind. Each index is for a question that is asked with every call;
-- asked_intent is intent_id in lower case, since H2 has no index over an expression.

alter table verification add column asked_intent varchar(64);
update verification set asked_intent = lower(intent_id);
alter table verification alter column asked_intent set not null;
create index verification_by_intent on verification (tenant_id, asked_intent, position);

create index spend_decision_by_time on spend_decision (tenant_id, reserved_at);

create index recognition_nonce_by_end on recognition_nonce (expires_at);
