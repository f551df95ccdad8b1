-- Who may do what, and who did what.

create table account (
    id            bigint generated always as identity primary key,
    username      text        not null unique check (username = lower(username) and username <> ''),
    display_name  text        not null,
    password_hash text        not null,
    roles         text[]      not null
        check (roles <@ array ['ADMIN', 'EDITOR', 'APPROVER', 'STAFF', 'EVALUATOR']),
    created_at    timestamptz not null default now(),
    disabled      boolean     not null default false,
    -- somebody else has seen it: it opens nothing but the page on which to choose another
    password_temporary boolean not null default false,
    version       bigint      not null default 0
);

-- Wrong passwords, by address of the network, by user name as typed from one address, and by user name from all of them. The
-- more of them, the longer the wait. Hashed: some type their password where the name belongs.
create table login_attempt (
    subject      bytea primary key,
    failures     integer     not null,
    last_at      timestamptz not null default now(),
    closed_until timestamptz,
    -- of a user name from an address: the last log-in, from where its owner never waits for what others try elsewhere
    succeeded_at timestamptz
);
create index login_attempt_by_age on login_attempt (last_at);

create table api_key (
    id           bigint generated always as identity primary key,
    account_id   bigint      not null references account on delete cascade,
    name         text        not null,
    -- what it may be used for, within what its account may do
    scopes       text[]      not null default '{READ, WRITE, APPROVE}'
        check (scopes <@ array ['READ', 'WRITE', 'APPROVE'] and scopes <> '{}'),
    -- SHA-256 of 256 random bits: nothing to guess, so nothing to slow a guesser down with
    key_hash     bytea       not null unique,
    created_at   timestamptz not null default now(),
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index api_key_by_account on api_key (account_id);

create table audit_entry (
    id      bigint generated always as identity primary key,
    at      timestamptz not null default now(),
    -- the name as it was: an entry outlives its account
    actor   text        not null,
    action  text        not null,
    subject text        not null,
    before  jsonb,
    after   jsonb
);
create index audit_entry_by_subject on audit_entry (subject, id);
create index audit_entry_by_thing on audit_entry (split_part(subject, '/', 1), split_part(subject, '/', 2), id);
create index audit_entry_by_actor on audit_entry (actor, id);

create function refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception 'rows of % are never changed or deleted', tg_table_name;
end
$$;

create trigger audit_entry_append_only
    before update or delete or truncate
    on audit_entry
    for each statement
execute function refuse_change();

-- Spring Session's own tables (version 4): any process serves whoever is signed in. principal_name is the account's id.
create table spring_session (
    primary_id            char(36) not null primary key,
    session_id            char(36) not null unique,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval integer  not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);
create index spring_session_by_expiry on spring_session (expiry_time);
create index spring_session_by_principal on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);
