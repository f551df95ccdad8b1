-- Media done by hand: one task for each place of an occurrence, from its approval on, since people begin before it is due.
-- What is to be done stands in the message's version; how far it has come in the delivery, once there is one.
create table task (
    id               bigint generated always as identity primary key,
    occurrence_id    bigint      not null references occurrence,
    outlet           text        not null,
    created_at       timestamptz not null,
    -- the version whose responsible people have been written to
    reminded_version bigint references message_version,
    not_done_because text check (not_done_because <> ''),
    not_done_at      timestamptz,
    not_done_by      bigint references account,
    unique (occurrence_id, outlet),
    check ((not_done_because is null) = (not_done_at is null) and (not_done_at is null) = (not_done_by is null))
);

-- Proof that a task was done. Never changed.
create table evidence (
    id             bigint generated always as identity primary key,
    task_id        bigint      not null references task,
    -- of the file's bytes, in hexadecimal
    sha256         text        not null,
    -- what the content is, whatever its sender called it
    media_type     text        not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
    content        bytea       not null,
    place          text        not null check (place <> ''),
    done_on        date        not null,
    -- people reached as somebody declares it; never added to what was measured
    declared_reach integer check (declared_reach >= 0),
    added_by       bigint      not null references account,
    added_at       timestamptz not null,
    unique (task_id, sha256)
);
-- Pictures do not get smaller by being compressed again.
alter table evidence alter column content set storage external;
create trigger evidence_is_append_only before update or delete on evidence
    for each statement execute function refuse_change();

-- Mails to the institution's own people about their work, each at most once.
create table office_mail (
    id            bigint generated always as identity primary key,
    token         uuid        not null default gen_random_uuid() unique,
    -- what it is about; written once however often it is asked for
    key           text        not null unique,
    task_id       bigint references task,
    -- names the text
    kind          text        not null,
    -- what the text is completed with
    "values"      jsonb       not null,
    address       text        not null,
    name          text        not null,
    -- may leave outside contact hours
    any_hour      boolean     not null,
    state         text        not null default 'WAITING'
        check (state in ('WAITING', 'SENDING', 'SENT', 'REFUSED', 'IN_DOUBT', 'EXPIRED', 'WITHDRAWN')),
    attempts      integer     not null default 0,
    not_before    timestamptz not null,
    useless_after timestamptz not null,
    reason_code   text,
    detail        text,
    changed_at    timestamptz not null
);
create index office_mail_of_task on office_mail (task_id);
create index office_mail_waiting on office_mail (not_before) where state in ('WAITING', 'SENDING');
