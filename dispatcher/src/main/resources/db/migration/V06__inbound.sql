-- What providers and the public tell us.

-- Stored as it arrives and then worked off, so that a burst of callbacks waits here and not at the deliveries.
create table inbox_event (
    id              bigint generated always as identity primary key,
    provider        text        not null,
    -- the provider's own name for what happened: what it tells twice is stored once
    event_key       text        not null,
    kind            text        not null check (kind in ('STATUS', 'MESSAGE', 'COMPLAINT')),
    token           uuid,
    provider_id     text,
    payload         jsonb       not null,
    received_at     timestamptz not null,
    processed_at    timestamptz,
    attempts        integer     not null default 0,
    -- infinity: given up; stays here with its problem
    next_attempt_at timestamptz not null,
    problem         text,
    unique (provider, event_key)
);
-- what a person wrote, for whom asks to read it or to be forgotten
create index inbox_event_from on inbox_event ((payload ->> 'from')) where kind = 'MESSAGE';
create index inbox_event_waiting on inbox_event (next_attempt_at, id) where processed_at is null;

-- Answers to invitations; the latest one of a person counts, the earlier ones are its history.
create table attendance (
    id          bigint generated always as identity primary key,
    event_id    bigint      not null references plan_event on delete cascade,
    contact_id  bigint      not null references contact on delete cascade,
    answer      text        not null check (answer in ('YES', 'NO')),
    -- code of the channel through which the person answered
    via         text        not null,
    delivery_id bigint references delivery,
    answered_at timestamptz not null
);
create index attendance_of_delivery on attendance (delivery_id) where delivery_id is not null;
create index attendance_latest on attendance (event_id, contact_id, id desc);

-- What people wrote that a person of the office has to read.
create table office_message (
    id          bigint generated always as identity primary key,
    contact_id  bigint references contact on delete set null,
    address     text        not null,
    channel     text        not null,
    delivery_id bigint references delivery,
    text        text        not null,
    received_at timestamptz not null,
    read_at     timestamptz,
    answered_at timestamptz,
    answered_by bigint references account
);
-- what somebody still has to attend to
create index office_message_open on office_message (id) where answered_at is null;
create index office_message_of_delivery on office_message (delivery_id) where delivery_id is not null;

-- A telephone without WhatsApp still takes SMS: what must not be written to may be only one channel of an address.
-- Without a channel, none of them.
alter table suppression add column channel text;
alter table suppression drop constraint suppression_pkey;
create unique index suppression_once on suppression (kind, address, channel) nulls not distinct;

-- Whether an address that must not be written to bars somebody who is on record since p_known and said yes at p_decided. That
-- of somebody who was forgotten bars neither those who had it as well nor a yes given since: only an old list that would
-- bring the person back.
create function bars(p_reason text, p_at timestamptz, p_decided timestamptz, p_known timestamptz) returns boolean
    language sql immutable
as $$
select p_reason <> 'ERASED' or coalesce(p_decided <= p_at, true) and p_known > p_at
$$;

create or replace function contactability(p_contact bigint, p_channel text, p_kind text, p_purpose text)
    returns table (address text, obstacle text)
    language sql stable
as $$
select best.address,
       case
           when best.address is null then 'NO_ADDRESS'
           when not best.valid then 'INVALID_ADDRESS'
           when decided.decision = 'REVOKED' then 'OPTED_OUT'
           when decided.decision = 'UNPROVEN' then 'UNPROVEN_AUTHORISATION'
           when decided.decision is distinct from 'GRANTED' then 'NO_AUTHORISATION'
           when best.suppressed then 'SUPPRESSED'
       end
from (select 1) as asked
left join lateral (
    select c.decision, c.decided_at
    from consent c
    where c.contact_id = p_contact and c.channel = p_channel and c.purpose = p_purpose
    order by c.id desc
    limit 1
) as decided on true
left join lateral (
    select a.address, a.valid, s.suppressed
    from contact_address a
    cross join lateral (
        select exists (select from suppression s
                       where s.kind = a.kind and s.address = a.address
                         and (s.channel is null or s.channel = p_channel)
                         and bars(s.reason, s.created_at, decided.decided_at,
                                  (select c.created_at from contact c where c.id = a.contact_id))) as suppressed
    ) s
    where a.contact_id = p_contact and a.kind = p_kind
    order by a.valid desc, s.suppressed, a.id
    limit 1
) as best on true
$$;

-- Whether what somebody wrote of themselves on a public page means a person on record: by an address that nobody else has,
-- or by one that others share and the same name.
create function of_person(written_name text, written_address text, person text, own text[], shared text[]) returns boolean
    language sql immutable as $$
select exists (
    select from (select unnest(own), true union all select unnest(shared), folded(written_name) = folded(person)) as a (address, is_theirs)
    where a.is_theirs
      and case
              when a.address like '%@%' then lower(btrim(written_address)) = a.address
              -- with or without the country's code, and with whatever between its digits
              else a.address ~ '^\+\d{10,}$'
                   and right(regexp_replace(written_address, '\D', '', 'g'), 10) = right(a.address, 10)
          end)
$$;
