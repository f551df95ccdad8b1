-- What the institution is and looks like. One row.
create table institution (
    id                     integer primary key default 1 check (id = 1),
    name                   text    not null,
    logo                   bytea,
    logo_media_type        text check (logo_media_type in ('image/png', 'image/jpeg')),
    primary_color          text    not null check (primary_color ~ '^#[0-9a-f]{6}$'),
    accent_color           text    not null check (accent_color ~ '^#[0-9a-f]{6}$'),
    postal_address         text    not null,
    website                text,
    email                  text    not null,
    -- of its dates and hours; null: as configured
    zone                   text,
    -- as whom its mails present themselves; null: as configured
    sender_name            text check (sender_name <> ''),
    reply_to               text check (reply_to <> ''),
    -- for an office of one person; every approval that used it says so
    self_approval          boolean not null default true,
    version                bigint  not null default 0,
    check ((logo is null) = (logo_media_type is null))
);
insert into institution (name, primary_color, accent_color, postal_address, email)
values ('Mi entidad', '#1f4e79', '#b45309', 'Escriba aquí la dirección de su entidad', 'comunicaciones@example.org');

-- The wordings of the data-protection notice. One that people have read stays readable; the highest number counts.
create table data_protection_notice (
    number     integer primary key check (number > 0),
    text       text        not null,
    created_at timestamptz not null default now(),
    -- the name as it was: a wording outlives its author's account
    author     text        not null
);
create trigger data_protection_notice_is_immutable before update or delete or truncate on data_protection_notice
    for each statement execute function refuse_change();
insert into data_protection_notice (number, text, author)
values (1, 'Sus datos se usan solo para informarle sobre la rendición de cuentas. Puede conocerlos, corregirlos o pedir '
        'que los borremos escribiendo a nuestro correo.', 'pregonero');

-- When personal messages may leave. No row: as configured. Equal times: closed.
create table contact_hours (
    id            integer primary key default 1 check (id = 1),
    weekdays_from time   not null,
    weekdays_to   time   not null,
    saturday_from time   not null,
    saturday_to   time   not null,
    version       bigint not null default 1,
    check (weekdays_from < weekdays_to and saturday_from <= saturday_to)
);

-- Days on which the institution writes to nobody, besides Sundays and the country's holidays.
create table own_holiday (
    day  date primary key,
    name text not null check (name <> '')
);

-- What a person of the institution may write. A version never changes: a correction is a new version.
create table message (
    id         bigint generated always as identity primary key,
    created_at timestamptz not null
);

create table message_version (
    id           bigint generated always as identity primary key,
    message_id   bigint      not null references message,
    number       integer     not null,
    title        text        not null,
    -- for which people gave their authorisation
    purpose      text        not null,
    event_id     bigint references plan_event,
    audience_ids bigint[]    not null,
    -- {"EMAIL": {"content": {…}}, "POSTER": {"content": {…}, "outlets": ["Cartelera piso 1"]}}
    channels     jsonb       not null,
    -- channels tried one after the other: {"order": ["WHATSAPP", "SMS", "EMAIL"], "patience": "PT4H"}; null: each for everybody
    cascade      jsonb,
    author_id    bigint      not null references account,
    created_at   timestamptz not null,
    unique (message_id, number)
);

-- One firing of a message at one time.
create table occurrence (
    id                     bigint generated always as identity primary key,
    version_id             bigint      not null references message_version,
    due_at                 timestamptz not null,
    -- useless from then on: the event began
    expires_at             timestamptz check (expires_at > due_at),
    -- why it may leave at night or on a holiday; null keeps contact hours
    contact_hours_override text check (contact_hours_override <> ''),
    -- people who lack a value that the text needs are left out, named, instead of stopping everything
    skip_incomplete        boolean     not null default false,
    state                  text        not null check (state in
        ('AWAITING_APPROVAL', 'SCHEDULED', 'HELD', 'RUNNING', 'PAUSED', 'FINISHED', 'CANCELLED')),
    held_because           text,
    created_by             bigint      not null references account,
    created_at             timestamptz not null,
    started_at             timestamptz,
    finished_at            timestamptz
);
create index occurrence_active on occurrence (state) where state in ('SCHEDULED', 'RUNNING', 'PAUSED', 'HELD');

-- Approval covers a hash over everything that matters; what no longer hashes to it does not leave.
create table approval (
    id            bigint generated always as identity primary key,
    occurrence_id bigint      not null references occurrence,
    hash          bytea       not null,
    -- institution and event as they were approved: every message of the run is made from these
    setting       jsonb       not null,
    approved_by   bigint      not null references account,
    approved_at   timestamptz not null,
    -- approved by its own author, which the institution's setting allowed
    by_author     boolean     not null
);
create index approval_of_occurrence on approval (occurrence_id, id desc);

create trigger message_version_is_immutable before update or delete on message_version
    for each statement execute function refuse_change();
create trigger approval_is_immutable before update or delete on approval
    for each statement execute function refuse_change();

-- db-scheduler's own table (version 16): when which occurrence is due.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    state                text,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
