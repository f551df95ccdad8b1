-- What a channel is doing: whether it is stopped and why, and how much of its rate is left.
create table channel_state (
    channel       text primary key,
    paused_by     text check (paused_by in ('PERSON', 'SYSTEM')),
    reason_code   text,
    detail        text,
    advice        text,
    paused_at     timestamptz,
    -- when the system looks again whether the provider is back
    next_check_at timestamptz,
    checks        integer          not null default 0,
    -- token bucket of the rate per second, and the count of the day
    tokens        double precision not null default 0,
    refilled_at   timestamptz,
    day           date,
    sent_today    integer          not null default 0,
    -- when the count of the day began: what was queued before is none of it
    day_since     timestamptz,
    -- when the provider last took something, as far as counts have been added up
    last_success_at timestamptz
);

-- One message of one occurrence for one person on one channel, or for one outlet of a channel.
create table delivery (
    id            bigint generated always as identity primary key,
    -- what the outside sees of it: Message-ID, opt-out link, file name
    token         uuid        not null default gen_random_uuid() unique,
    occurrence_id bigint      not null references occurrence,
    channel       text        not null,
    contact_id    bigint references contact,
    outlet        text,
    -- null where there is none to write to, or where another delivery of the occurrence already uses it
    address       text,
    state         text        not null,
    -- sends whose end counts; an attempt that found the channel down does not
    attempts      integer     not null default 0,
    -- when it may be sent; while SENDING or IN_DOUBT, when its provider may be asked about it
    not_before    timestamptz not null,
    queued_at     timestamptz,
    claimed_by    uuid,
    claimed_at    timestamptz,
    provider_id   text,
    provider_code text,
    reason_code   text,
    detail        text,
    url           text,
    sha256        text,
    changed_at    timestamptz not null,
    check ((contact_id is null) <> (outlet is null)),
    check (state in ('PENDING', 'QUEUED', 'SENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ', 'SKIPPED', 'REJECTED',
                     'UNDELIVERED', 'EXPIRED', 'CANCELLED')),
    check (state <> 'SENDING' or claimed_by is not null),
    check (state in ('SKIPPED', 'CANCELLED') or coalesce(address, outlet) is not null)
) with (fillfactor = 60);
-- Never twice: once per person, once per address, once per outlet.
create unique index delivery_once_per_person on delivery (occurrence_id, channel, contact_id) where contact_id is not null;
create unique index delivery_once_per_address on delivery (occurrence_id, channel, address) where address is not null;
create unique index delivery_once_per_outlet on delivery (occurrence_id, channel, outlet) where outlet is not null;
create index delivery_of_occurrence on delivery (occurrence_id, id);
create index delivery_waiting on delivery (occurrence_id) where state in ('PENDING', 'QUEUED');
create index delivery_due on delivery (occurrence_id, channel, not_before, id) where state = 'PENDING';
create index delivery_queued on delivery (channel, queued_at) where state = 'QUEUED';
-- For reports that name no token. A mail server's queue ids come again after a while, so they tell nothing.
create index delivery_by_provider_id on delivery (provider_id)
    where provider_id is not null and channel not in ('EMAIL', 'INTERNAL');
create index delivery_in_doubt on delivery (channel, not_before) where state = 'IN_DOUBT';
create index delivery_sending on delivery (claimed_by) where state = 'SENDING';
-- an opt-out looks for what is still to be sent to a person
create index delivery_of_contact on delivery (contact_id, channel) where state in ('PENDING', 'QUEUED');

-- From a figure to its rows, a page at a time. What waits, is under way or was accepted has an index of its own below and above.
create index delivery_ended on delivery (occurrence_id, state, channel, reason_code, id)
    where state in ('IN_DOUBT', 'DELIVERED', 'READ', 'SKIPPED', 'REJECTED', 'UNDELIVERED', 'EXPIRED', 'CANCELLED');

-- How many deliveries stand where, so that nobody counts a million rows to show a page. The triggers below write differences,
-- which never wait for each other as one counter would; the sum of the rows is the count. The rounds add up what is older
-- than a minute (at is -infinity then); what is younger tells how fast a channel is. Reminders are not counted: a person is one.
create table delivery_count (
    occurrence_id bigint      not null,
    channel       text        not null,
    -- to people, not to places
    personal      boolean     not null,
    state         text        not null,
    reason_code   text,
    deliveries    bigint      not null,
    at            timestamptz not null default clock_timestamp()
);
create index delivery_count_of_occurrence on delivery_count (occurrence_id);

-- Everything that ever happened to a delivery, in order. Written by the database itself, so that no code path can
-- forget it, and never changed.
create table delivery_log (
    -- No foreign key, which would lock the delivery's row once more for every entry: only the triggers below write here,
    -- and a delivery is never deleted.
    delivery_id   bigint      not null,
    seq           bigint generated always as identity,
    at            timestamptz not null,
    from_state    text,
    to_state      text        not null,
    attempt       integer     not null,
    reason_code   text,
    provider_code text,
    provider_id   text,
    detail        text,
    sha256        text,
    primary key (delivery_id, seq)
);

-- Which states may follow one. Forward only, with two doors back: a refusal that may pass (SENDING to PENDING) and a
-- doubt settled as "it did not go" (IN_DOUBT to PENDING). QUEUED goes back when a channel or an occurrence is paused. A
-- provider that reports on a delivery has it, wherever we thought it was; and what was confirmed at the device outweighs
-- that somebody had given it up, so that the end does not depend on the order of reports.
create function delivery_next(from_state text) returns text[] language sql immutable as $$
select case from_state
    when 'PENDING' then array['QUEUED', 'EXPIRED', 'CANCELLED', 'ACCEPTED', 'DELIVERED', 'READ', 'UNDELIVERED']
    when 'QUEUED' then array['PENDING', 'SENDING', 'SKIPPED', 'EXPIRED', 'CANCELLED', 'ACCEPTED', 'DELIVERED', 'READ', 'UNDELIVERED']
    when 'SENDING' then array['PENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ', 'REJECTED', 'UNDELIVERED', 'EXPIRED']
    when 'IN_DOUBT' then array['PENDING', 'ACCEPTED', 'DELIVERED', 'READ', 'REJECTED', 'UNDELIVERED', 'EXPIRED',
                               'CANCELLED']
    when 'ACCEPTED' then array['DELIVERED', 'READ', 'UNDELIVERED']
    when 'UNDELIVERED' then array['DELIVERED', 'READ']
    when 'DELIVERED' then array['READ']
end
$$;

-- A third door back is a person's alone: what certainly did not reach anybody may be tried again once its cause is cured.
create function delivery_step(from_state text, to_state text, reason_code text) returns text language plpgsql immutable as $$
begin
    if to_state = any (delivery_next(from_state))
       or to_state = 'PENDING' and from_state in ('SKIPPED', 'REJECTED', 'UNDELIVERED') and reason_code = 'RETRIED_BY_PERSON' then
        return to_state;
    end if;
    raise exception 'a delivery cannot go from % to %', from_state, to_state using errcode = 'check_violation';
end
$$;

create function log_new_deliveries() returns trigger language plpgsql as $$
begin
    if exists (select from created where state not in ('PENDING', 'SKIPPED')) then
        raise exception 'a delivery begins as PENDING or SKIPPED' using errcode = 'check_violation';
    end if;
    insert into delivery_log (delivery_id, at, from_state, to_state, attempt, reason_code)
    select id, changed_at, null, state, attempts, reason_code from created order by id;
    insert into delivery_count (occurrence_id, channel, personal, state, reason_code, deliveries)
    select occurrence_id, channel, contact_id is not null, state, reason_code, count(*) from created where reminds is null
    group by 1, 2, 3, 4, 5;
    return null;
end
$$;
create trigger delivery_created after insert on delivery
    referencing new table as created
    for each statement execute function log_new_deliveries();

-- The planner takes a transition table for one row, and keeps to it: it would compare each of two thousand rows with each.
create function log_delivery_steps() returns trigger language plpgsql set enable_nestloop = off as $$
begin
    insert into delivery_log (delivery_id, at, from_state, to_state, attempt, reason_code, provider_code, provider_id,
                              detail, sha256)
    select a.id, a.changed_at, b.state, delivery_step(b.state, a.state, a.reason_code), a.attempts, a.reason_code, a.provider_code,
           a.provider_id, a.detail, a.sha256
    from before b join after a using (id)
    where b.state <> a.state
    order by a.id;
    insert into delivery_count (occurrence_id, channel, personal, state, reason_code, deliveries)
    select occurrence_id, channel, contact_id is not null, state, reason_code, sum(difference)
    from (select occurrence_id, channel, contact_id, state, reason_code, -1 as difference from before where reminds is null
          union all
          select occurrence_id, channel, contact_id, state, reason_code, 1 from after where reminds is null) moved
    group by 1, 2, 3, 4, 5 having sum(difference) <> 0;
    return null;
end
$$;
create trigger delivery_stepped after update on delivery
    referencing old table as before new table as after
    for each statement execute function log_delivery_steps();

create trigger delivery_is_never_deleted before delete on delivery
    for each statement execute function refuse_change();
create trigger delivery_log_is_append_only before update or delete or truncate on delivery_log
    for each statement execute function refuse_change();

-- How far the fan-out of an occurrence has come on a channel; done when cursor is null.
create table fan_out (
    occurrence_id bigint not null references occurrence,
    channel       text   not null,
    after_contact bigint not null default 0,
    done          boolean not null default false,
    primary key (occurrence_id, channel)
);

-- Processes that send. One whose lease ran out is dead, and what it was sending is in doubt.
create table worker (
    id      uuid primary key,
    name    text        not null,
    seen_at timestamptz not null
);

-- Spring Integration's lock table: one leader per channel.
create table int_lock (
    lock_key      char(36)     not null,
    region        varchar(100) not null,
    client_id     char(36),
    created_date  timestamp    not null,
    expired_after timestamp    not null,
    primary key (lock_key, region)
);

-- What a list called "Fecha de grado" is named fecha_de_grado in a text; blank values are absent.
create function attribute_values(attributes jsonb) returns jsonb language sql immutable as $$
select coalesce(
    jsonb_object_agg(
        btrim(regexp_replace(translate(lower(a.key), 'áéíóúüñ', 'aeiouun'), '[^a-z0-9]+', '_', 'g'), '_'),
        nullif(btrim(a.value), '')),
    '{}')
from jsonb_each_text(attributes) a
where a.key ~ '[[:alnum:]]'
$$;

-- The values of a person that a text may name. A single expression, and no more immutable than its parts: so the planner
-- writes it into the query that asks, where a call would cost more than all else that is done for a delivery.
create function contact_values(c contact) returns jsonb language sql stable as $$
select jsonb_strip_nulls(
    case when c.attributes = '{}' then '{}' else attribute_values(c.attributes) end
    || jsonb_build_object(
        'nombre', nullif(btrim(c.name), ''),
        'cargo', nullif(btrim(c.position), ''),
        'entidad', nullif(btrim(c.organisation), '')))
$$;
