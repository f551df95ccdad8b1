-- What the public sees and does on the institution's own pages.

-- An announcement that was published and then taken off. The delivery stays what it was: it has been readable.
create table withdrawal (
    delivery_id  bigint primary key references delivery,
    reason       text        not null check (reason <> ''),
    withdrawn_at timestamptz not null
);
create trigger withdrawal_is_immutable before update or delete on withdrawal
    for each statement execute function refuse_change();

-- The public list looks for a few among everything that was ever sent.
create index delivery_on_web on delivery (occurrence_id desc, id) where channel = 'WEB' and state = 'DELIVERED';

-- Who says on an announcement's page that they will come. Not a contact: nobody has checked who it is.
create table registration (
    id            bigint generated always as identity primary key,
    event_id      bigint      not null references plan_event on delete cascade,
    delivery_id   bigint      not null references delivery,
    name          text        not null check (name <> ''),
    organisation  text,
    -- e-mail address or telephone, as the person wrote it
    reachable_at  text        not null check (reachable_at <> ''),
    -- the wording of the data-protection notice that the person accepted
    notice        text        not null,
    registered_at timestamptz not null
);
create index registration_of_delivery on registration (delivery_id);
-- Sent twice, counted once.
create unique index registration_once on registration (event_id, lower(reachable_at), lower(name));

-- Somebody followed a counted link. Neither address nor browser is kept.
create table click (
    id          bigint generated always as identity primary key,
    delivery_id bigint      not null references delivery,
    link        integer     not null,
    -- a program that looks at every link before the person does
    scanner     boolean     not null,
    clicked_at  timestamptz not null
);
create index click_of_delivery on click (delivery_id, clicked_at);

-- A form that is sent twice is one message.
create unique index office_message_once on office_message (delivery_id, md5(address || ' ' || text)) where channel = 'WEB';
