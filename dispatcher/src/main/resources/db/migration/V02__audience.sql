-- People, how they can be reached, and what they allowed.

-- A file between the steps of an import: whichever process serves the next one finds it here. Gone when it was taken in,
-- or after a day.
create table upload (
    id          bigint generated always as identity primary key,
    -- whose it is; nobody else gets at it
    account_id  bigint      not null references account on delete cascade,
    kind        text        not null check (kind in ('PLAN', 'CONTACTS')),
    name        text        not null,
    sha256      text        not null,
    content     bytea       not null check (octet_length(content) <= 22020096),
    -- what its owner says it means, by field of the form
    corrections jsonb       not null default '{}',
    expires_at  timestamptz not null
);
create index upload_expiry on upload (expires_at);

-- As people search: without the accents and capitals that differ by accident.
create function folded(t text) returns text language sql immutable parallel safe as $$
select translate(lower(t), 'áàäâãéèëêíìïîóòöôõúùüûñç', 'aaaaaeeeeiiiiooooouuuunc')
$$;

create table contact (
    id           bigint generated always as identity primary key,
    name         text        not null,
    name_key     text        not null generated always as (folded(name)) stored,
    words        tsvector    not null generated always as
        (to_tsvector('simple', folded(coalesce(name, '') || ' ' || coalesce(organisation, '')))) stored,
    position     text,
    organisation text,
    -- what a list said of the person that fits no column of ours; usable as placeholders
    attributes   jsonb       not null default '{}',
    preferred_channel text,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    version      integer     not null default 0,
    changed_by   text,
    -- when the person asked to be forgotten; figures and decisions stay, without a name
    erased_at    timestamptz
);
create index contact_by_name_key on contact (name_key, id);
create index contact_by_words on contact using gin (words);

-- People without any address can only be known again by what they are called.
create index contact_by_name on contact (name);

create table contact_address (
    id         bigint generated always as identity primary key,
    contact_id bigint  not null references contact on delete cascade,
    kind       text    not null check (kind in ('EMAIL', 'PHONE')),
    -- normalised: lower-case e-mail, E.164 telephone; as written where it is not valid
    address    text    not null,
    valid      boolean not null,
    unique (contact_id, kind, address)
);
-- Two people may share an address (a household's telephone); a message still reaches it once.
create index contact_address_by_address on contact_address (kind, address);
create index contact_address_by_prefix on contact_address (address text_pattern_ops);

-- A list on its way in: what it was understood to say, how far it has come, what was done.
create table contact_import (
    id         bigint generated always as identity primary key,
    account_id bigint      not null references account on delete cascade,
    -- gone once the list is taken in
    upload_id  bigint references upload on delete set null,
    name       text        not null,
    sha256     text        not null,
    state      text        not null check (state in ('LOOKING', 'LOOKED', 'RUNNING', 'DONE', 'FAILED')),
    progress   integer     not null default 0,
    report     jsonb,
    -- the rows that a person should mend, as CSV
    mend       text,
    problem    text,
    created_at timestamptz not null,
    changed_at timestamptz not null
);
create index contact_import_of_account on contact_import (account_id, id desc);

-- The ledger of authorisations: one row per decision, never changed. The latest one counts.
create table consent (
    id              bigint generated always as identity primary key,
    contact_id      bigint      not null references contact on delete cascade,
    channel         text        not null,
    purpose         text        not null,
    decision        text        not null check (decision in ('GRANTED', 'REFUSED', 'REVOKED', 'UNPROVEN')),
    wording_version text,
    means           text        not null,
    decided_at      timestamptz,
    evidence        text,
    -- the list it was read from, where a person took that in on the pages
    import_id       bigint references contact_import on delete set null,
    recorded_at     timestamptz not null default now(),
    -- Silence is never consent, and neither is a yes that nobody can show.
    check (decision <> 'GRANTED' or (decided_at is not null and evidence is not null))
);
-- but for what a foreign key does when the contact, or the list, goes
create trigger consent_is_append_only before update or delete on consent
    for each statement when (pg_trigger_depth() = 0) execute function refuse_change();
create index consent_latest on consent (contact_id, channel, purpose, id desc);
create index consent_revoked on consent (id desc) where decision = 'REVOKED';
create index consent_unproven on consent (import_id, contact_id) where decision = 'UNPROVEN';
create index consent_of_import on consent (import_id) where import_id is not null;

-- What people were ever asked for: a handful, which the ledger of millions of decisions cannot tell at once.
create table purpose (
    name text primary key
);
create function note_purposes() returns trigger language plpgsql as $$
begin
    insert into purpose select distinct purpose from added on conflict do nothing;
    return null;
end
$$;
create trigger consent_purposes after insert on consent referencing new table as added
    for each statement execute function note_purposes();

-- Addresses that must not be written to, whoever they belong to (bounced for good, complained).
create table suppression (
    id         bigint generated always as identity unique,
    kind       text        not null check (kind in ('EMAIL', 'PHONE')),
    address    text        not null,
    reason     text        not null,
    created_at timestamptz not null default now(),
    primary key (kind, address)
);

create table audience (
    id          bigint generated always as identity primary key,
    name        text   not null,
    -- lower case, without accents: "Lideres sociales" and "Líderes Sociales" are one audience
    name_key    text   not null unique,
    -- people meant to be reached; unknown until somebody says it
    target_size integer check (target_size >= 0),
    -- {"all": [{"field": "organisation", "is": "CONTAINS", "text": "comuna 4"}, …]}; null: a list that people keep
    filter       jsonb,
    refreshed_at timestamptz,
    -- counts changes of its members, or of what is known of them
    touches      bigint      not null default 0,
    version      integer     not null default 0,
    changed_by   text,
    changed_at   timestamptz
);

-- Counted now and then: counting two hundred thousand people takes longer than a page may.
create table audience_figure (
    audience_id bigint      primary key references audience on delete cascade,
    members     bigint      not null,
    email       bigint      not null,
    whatsapp    bigint      not null,
    sms         bigint      not null,
    counted_at  timestamptz not null,
    -- what had changed by then, as the count saw it: a time would miss what was not committed yet
    touches     bigint      not null,
    -- the last decision that was looked at
    consent_id  bigint      not null
);

create table audience_member (
    audience_id bigint not null references audience on delete cascade,
    contact_id  bigint not null references contact on delete cascade,
    primary key (audience_id, contact_id)
);
create index audience_member_by_contact on audience_member (contact_id);

-- Where a person can be reached on a channel, or what stands in the way. One row for every contact asked about, so
-- that nobody silently disappears from the figures. Inlined by the planner: set-based use stays set-based.
create function contactability(p_contact bigint, p_channel text, p_kind text, p_purpose text)
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
    select a.address, a.valid, s.address is not null as suppressed
    from contact_address a
    left join suppression s on s.kind = a.kind and s.address = a.address
    where a.contact_id = p_contact and a.kind = p_kind
    order by a.valid desc, (s.address is not null), a.id
    limit 1
) as best on true
left join lateral (
    select c.decision
    from consent c
    where c.contact_id = p_contact and c.channel = p_channel and c.purpose = p_purpose
    order by c.id desc
    limit 1
) as decided on true
$$;
