-- Notices that ask to be acknowledged: who did, and the one reminder for who did not.

-- A reminder is a delivery like any other: claimed, logged, in doubt and barred by the same rules. It is told apart from
-- what it reminds of, and there is at most one of it, whatever is repeated by whomever.
alter table delivery add column reminds bigint references delivery;
create unique index delivery_reminded_once on delivery (reminds) where reminds is not null;

drop index delivery_once_per_person;
-- by person first: the people of a sending are read in their order, each with the deliveries on all channels
create unique index delivery_once_per_person on delivery (occurrence_id, contact_id, channel)
    where contact_id is not null and reminds is null;
drop index delivery_once_per_address;
create unique index delivery_once_per_address on delivery (occurrence_id, channel, address)
    where address is not null and reminds is null;

-- who of a cascade may have to be taken to the next channel
create index delivery_not_reached on delivery (occurrence_id, channel, state, changed_at)
    where contact_id is not null and reminds is null
      and state in ('SKIPPED', 'REJECTED', 'UNDELIVERED', 'ACCEPTED', 'IN_DOUBT');

-- How long readers are left in peace before they are reminded; null where nobody is asked to acknowledge anything.
alter table fan_out add column acknowledge_within interval;

create table acknowledgement (
    -- what was acknowledged; its person is who did
    delivery_id     bigint primary key references delivery,
    -- the delivery whose link was used: the same, or its reminder
    via             bigint      not null references delivery,
    acknowledged_at timestamptz not null
);
create trigger acknowledgement_is_append_only before update or delete on acknowledgement
    for each statement execute function refuse_change();

-- Everything that was sent to a person, reminders included. By way of the occurrences: an index of people alone would cost
-- every step of every delivery.
create function sent_to(person bigint) returns setof delivery language sql stable as $$
with own as (
    select d.*
    from fan_out f
    join delivery d on d.occurrence_id = f.occurrence_id and d.channel = f.channel
    where d.contact_id = person and d.reminds is null
)
select * from own union all select r.* from own join delivery r on r.reminds = own.id
$$;
