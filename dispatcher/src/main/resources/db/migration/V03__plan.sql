-- What the institution plans to tell, to whom, and by whose hand.

create table plan (
    id            bigint generated always as identity primary key,
    name          text        not null,
    -- the file it came from; the same file is the same plan
    source_name   text,
    source_sha256 text unique,
    -- what it says of itself that is no action, as it words it
    audiences     text[]      not null default '{}',
    notes         text[]      not null default '{}',
    created_at    timestamptz not null default now(),
    -- counts changes: who saves an older one is told
    version       integer     not null default 0,
    -- by display name; an entry outlives its account
    changed_by    text,
    changed_at    timestamptz
);

-- Every institution has stages of its own; each is one of those of the manual (MURC), where somebody says so.
create table plan_stage (
    id       bigint generated always as identity primary key,
    plan_id  bigint  not null references plan on delete cascade,
    position integer not null,
    name     text    not null,
    manual   text check (manual in ('APRESTAMIENTO', 'DISENO', 'PREPARACION', 'EJECUCION', 'SEGUIMIENTO')),
    element  text check (element in ('INFORMACION', 'DIALOGO', 'RESPONSABILIDAD')),
    -- two may change their names for each other's
    unique (plan_id, name) deferrable initially deferred
);

create table plan_action (
    id          bigint generated always as identity primary key,
    plan_id     bigint  not null references plan on delete cascade,
    position    integer not null,
    name        text    not null,
    description text,
    scope       text,
    stage_id    bigint references plan_stage on delete set null,
    audiences   text[]  not null default '{}',
    -- as the plan words it ("Previo a la audiencia"), not a schedule
    frequency   text,
    responsible text[]  not null default '{}',
    indicator   text,
    -- what the plan said of the action that fits no column of ours
    extra       jsonb   not null default '{}',
    source_row  integer,
    version     integer not null default 0,
    changed_by  text,
    changed_at  timestamptz,
    unique (plan_id, position)
);
create index plan_action_by_stage on plan_action (stage_id);

create table plan_event (
    id        bigint generated always as identity primary key,
    plan_id   bigint      not null references plan on delete cascade,
    -- of the calendar entry that invitations carry; stays the same when the event is changed
    uid       text        not null unique,
    name      text        not null,
    starts_at timestamptz not null,
    ends_at   timestamptz not null,
    zone      text        not null default 'America/Bogota',
    place     text,
    link      text,
    version    integer not null default 0,
    changed_by text,
    changed_at timestamptz,
    check (ends_at > starts_at)
);
create index plan_event_by_plan on plan_event (plan_id, starts_at);
