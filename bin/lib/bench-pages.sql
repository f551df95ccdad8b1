-- What a large office has after a few years: 200,000 people in ten audiences and 1,000,000 deliveries of five sendings.
-- Through the same triggers as everything else.
insert into audience (name, name_key, target_size)
select 'Público ' || n, 'publico ' || n, 25000 from generate_series(1, 10) n;

insert into contact (name, organisation)
select 'Persona Número ' || n, 'Junta ' || n % 500 from generate_series(1, 200000) n;

insert into audience_member (audience_id, contact_id)
select (select min(id) from audience) + c.id % 10, c.id from contact c;

insert into contact_address (contact_id, kind, address, valid)
select id, 'EMAIL', 'p' || id || '@personas.example.org', true from contact
union all
select id, 'PHONE', '+573' || (100000000 + id), true from contact where id % 3 > 0;

insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
select c.id, w.channel, 'rendicion-de-cuentas', case when c.id % 50 = 0 then 'REVOKED' when c.id % 40 = 0 then 'UNPROVEN' else 'GRANTED' end,
       'lista', now(), 'formato'
from contact c cross join (values ('EMAIL'), ('WHATSAPP'), ('SMS')) as w (channel);

insert into message (created_at) select now() from generate_series(1, 5);

insert into message_version (message_id, number, title, purpose, audience_ids, channels, author_id, created_at)
select m.id, 1, 'Invitación ' || m.id, 'rendicion-de-cuentas', (select array_agg(id) from audience),
       jsonb_build_object(case when m.id % 2 = 0 then 'EMAIL' else 'SMS' end, jsonb_build_object('content',
           case when m.id % 2 = 0 then '{"subject": "Le invitamos", "body": "Hola, {{nombre}}."}'::jsonb
           else '{"text": "Le invitamos."}'::jsonb end)),
       (select min(id) from account), now()
from message m;

insert into occurrence (version_id, due_at, state, created_by, created_at, started_at, finished_at)
select id, now(), 'FINISHED', (select min(id) from account), now(), now(), now() from message_version;

insert into occurrence_person (occurrence_id, contact_id, audience_ids)
select o.id, m.contact_id, array[m.audience_id] from occurrence o cross join audience_member m;

insert into occurrence_audience (occurrence_id, audience_id, name, target, registered)
select o.id, a.id, a.name, a.target_size, 20000 from occurrence o cross join audience a
union all
select id, null, '', 250000, 200000 from occurrence;

-- at once, or the engine would take up what waits
begin;

insert into delivery (occurrence_id, channel, contact_id, address, state, reason_code, not_before, changed_at)
select o.id, case when v.channels ? 'EMAIL' then 'EMAIL' else 'SMS' end, c.id, case when c.id % 50 > 0 then o.id || '-' || c.id end,
       case when c.id % 50 = 0 then 'SKIPPED' else 'PENDING' end, case when c.id % 50 = 0 then 'OPTED_OUT' end, now(), now()
from occurrence o
join message_version v on v.id = o.version_id
cross join contact c;

update delivery
set state = case when contact_id % 400 = 1 then 'UNDELIVERED' when contact_id % 5 > 1 and channel = 'SMS' then 'DELIVERED' else 'ACCEPTED' end,
    reason_code = case when contact_id % 400 = 1 then 'UNKNOWN_RECIPIENT' end, changed_at = now()
where state = 'PENDING';

commit;

insert into fan_out (occurrence_id, channel, done)
select distinct occurrence_id, channel, true from delivery_count;

vacuum analyze;
