-- What a large office has after a few years: 200,000 people in ten large audiences and a small one, and 1,000,000 deliveries
-- of four sendings, the last of them on two channels. Through the same triggers as everything else. What is rare is at the
-- end, where whoever reads from the beginning finds it last.
insert into audience (name, name_key, target_size)
select 'Público ' || n, 'publico ' || n, 25000 from generate_series(1, 10) n;

insert into audience (name, name_key, target_size) values ('Consejo', 'consejo', 50);

insert into contact (name, organisation)
select 'Persona Número ' || n, case when n not between 199901 and 199910 then 'Junta ' || n % 500 end
from generate_series(1, 200000) n;

insert into audience_member (audience_id, contact_id)
select (select min(id) from audience) + c.id % 10, c.id from contact c
union all
select (select max(id) from audience), c.id from contact c where c.id % 5000 = 1;

insert into contact_address (contact_id, kind, address, valid)
select id, 'EMAIL', 'p' || case when id between 199911 and 199920 then id - 199910 else id end || '@personas.example.org',
       id not between 199921 and 199930
from contact where id not between 199931 and 199940
union all
select id, 'PHONE', '+573' || (100000000 + case when id between 199911 and 199920 then id - 199910 else id end),
       id not between 199921 and 199930
from contact where id % 3 > 0;

insert into suppression (kind, address, reason)
select kind, address, 'BOUNCED' from contact_address where contact_id between 199941 and 199950;

insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
select c.id, w.channel, 'rendicion-de-cuentas', case when c.id % 50 = 0 then 'REVOKED' when c.id % 40 = 0 then 'UNPROVEN' else 'GRANTED' end,
       'lista', now(), 'formato'
from contact c cross join (values ('EMAIL'), ('WHATSAPP'), ('SMS')) as w (channel)
where c.id not between 199951 and 199960;

insert into message (created_at) select now() from generate_series(1, 4);

insert into message_version (message_id, number, title, purpose, audience_ids, channels, author_id, created_at)
select m.id, 1, 'Invitación ' || m.id, 'rendicion-de-cuentas', (select array_agg(id) from audience),
       case when m.id <> 2 then '{"SMS": {"content": {"text": "Invitamos a {{nombre}}, de {{entidad}}."}}}'::jsonb else '{}' end
       || case when m.id in (2, 4)
               then '{"EMAIL": {"content": {"subject": "Le invitamos", "body": "Hola, {{nombre}}, de {{entidad}}."}}}'::jsonb
               else '{}' end,
       (select min(id) from account), now()
from message m;

insert into occurrence (version_id, due_at, state, created_by, created_at, started_at, finished_at)
select id, now(), 'FINISHED', (select min(id) from account), now(), now(), now() from message_version;

insert into occurrence_person (occurrence_id, contact_id, audience_ids)
select o.id, m.contact_id, array_agg(m.audience_id) from occurrence o cross join audience_member m group by 1, 2;

insert into occurrence_audience (occurrence_id, audience_id, name, target, registered)
select o.id, a.id, a.name, a.target_size, case when a.target_size = 50 then 40 else 20000 end from occurrence o cross join audience a
union all
select id, null, '', 250000, 200000 from occurrence;

-- at once, or the engine would take up what waits
begin;

insert into delivery (occurrence_id, channel, contact_id, address, state, reason_code, not_before, changed_at)
select o.id, way.channel, c.id, case when c.id % 50 > 0 then o.id || '-' || c.id end,
       case when c.id % 50 = 0 then 'SKIPPED' else 'PENDING' end, case when c.id % 50 = 0 then 'OPTED_OUT' end, now(), now()
from occurrence o
join message_version v on v.id = o.version_id
cross join jsonb_object_keys(v.channels) as way (channel)
cross join contact c
order by o.id, way.channel, c.id;

update delivery
set state = case when contact_id % 400 = 1 then 'UNDELIVERED' when contact_id > 199990 then 'READ' when contact_id % 5 > 1 and channel = 'SMS' then 'DELIVERED' else 'ACCEPTED' end,
    reason_code = case when contact_id % 400 = 1 then 'UNKNOWN_RECIPIENT' end, changed_at = now()
where state = 'PENDING';

insert into click (delivery_id, link, clicked_at, scanner)
select id, 1, now(), false from delivery where contact_id > 199980;

commit;

insert into fan_out (occurrence_id, channel, done)
select distinct occurrence_id, channel, true from delivery_count;

vacuum analyze;
