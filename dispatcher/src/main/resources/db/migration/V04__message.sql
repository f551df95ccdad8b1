-- What the institution is and looks like. One row.
create table institution (
    id                     integer primary key default 1 check (id = 1),
    name                   text    not null,
    logo                   bytea,
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
    -- for an office of one person; every approval that used it says so. Null: allowed as long as nobody else may approve
    self_approval          boolean,
    version                bigint  not null default 0
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
    -- what it was begun from
    action_id  bigint references plan_action on delete set null,
    created_at timestamptz not null
);
create index message_by_action on message (action_id);

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

-- Pictures and attachments of messages, known by their content; texts name them by it, and an approval so covers them.
create table message_file (
    sha256      bytea primary key,
    media_type  text        not null,
    bytes       bytea       not null,
    uploaded_by bigint      not null references account,
    uploaded_at timestamptz not null,
    constraint message_file_is_what_it_says check (sha256 = sha256(bytes))
);
create trigger message_file_is_immutable before update or delete on message_file
    for each statement execute function refuse_change();

-- One firing of a message at one time.
create table occurrence (
    id                     bigint generated always as identity primary key,
    version_id             bigint      not null references message_version,
    due_at                 timestamptz not null,
    -- useless from then on: the event began. May come to lie before due_at when the event is moved; nobody can approve it then
    expires_at             timestamptz,
    -- why it may leave at night or on a holiday; null keeps contact hours
    contact_hours_override text check (contact_hours_override <> ''),
    -- people who lack a value that the text needs are left out, named, instead of stopping everything
    skip_incomplete        boolean     not null default false,
    -- how its time follows from the event's: so many days before it, at this hour of the event's zone
    days_before            integer,
    at_time                time,
    -- useless from the start of the event on, whenever that is
    expires_with_event     boolean     not null default false,
    state                  text        not null check (state in
        ('AWAITING_APPROVAL', 'RETURNED', 'SCHEDULED', 'HELD', 'RUNNING', 'PAUSED', 'FINISHED', 'CANCELLED')),
    held_because           text,
    -- why an approval, or a look already taken, no longer counts
    voided_because         text,
    created_by             bigint      not null references account,
    -- who gave it its present time, where that was not its creator
    timed_by               bigint references account,
    created_at             timestamptz not null,
    started_at             timestamptz,
    finished_at            timestamptz,
    check ((days_before is null) = (at_time is null))
);
create index occurrence_of_version on occurrence (version_id);
create index occurrence_before_sending on occurrence (id) where state in ('AWAITING_APPROVAL', 'RETURNED', 'HELD');
create index occurrence_active on occurrence (state) where state in ('SCHEDULED', 'RUNNING', 'PAUSED', 'HELD');

-- For whom an occurrence is, written down as it begins: what somebody changes of an audience later on changes neither who gets
-- the message nor the figures. No foreign key on the person, who would be looked up once more for each of a million rows;
-- people are never deleted.
create table occurrence_person (
    occurrence_id bigint   not null,
    contact_id    bigint   not null,
    -- in which of the message's audiences
    audience_ids  bigint[] not null,
    primary key (occurrence_id, contact_id)
);
create table occurrence_audience (
    occurrence_id bigint not null references occurrence,
    -- null: all of them together, where each person counts once
    audience_id   bigint references audience,
    name          text   not null,
    -- people meant to be reached, where somebody had said it
    target        bigint,
    registered    bigint not null,
    unique nulls not distinct (occurrence_id, audience_id)
);

-- Approval covers a hash over everything that matters; what no longer hashes to it does not leave.
create table approval (
    id            bigint generated always as identity primary key,
    occurrence_id bigint      not null references occurrence,
    version_id    bigint      not null references message_version,
    hash          bytea       not null,
    -- institution and event as they were approved: every message of the run is made from these
    setting       jsonb       not null,
    approved_by   bigint      not null references account,
    approved_at   timestamptz not null,
    -- approved by its own author, which the institution's setting allowed
    by_author     boolean     not null
);
create index approval_of_occurrence on approval (occurrence_id, id desc);
create index approval_of_version on approval (version_id);

create trigger message_version_is_immutable before update or delete on message_version
    for each statement execute function refuse_change();
-- What an approver asked to be changed.
create table review_comment (
    id            bigint generated always as identity primary key,
    occurrence_id bigint      not null references occurrence,
    version_id    bigint      not null references message_version,
    comment       text        not null check (comment <> ''),
    written_by    bigint      not null references account,
    written_at    timestamptz not null
);
create index review_comment_of_occurrence on review_comment (occurrence_id, id desc);
create trigger review_comment_is_immutable before update or delete on review_comment
    for each statement execute function refuse_change();

-- Texts to begin a message with. A version never changes.
create table content_template (
    id         bigint generated always as identity primary key,
    created_at timestamptz not null default now(),
    retired_at timestamptz
);
create table content_template_version (
    id          bigint generated always as identity primary key,
    template_id bigint      not null references content_template,
    number      integer     not null,
    name        text        not null,
    description text        not null,
    -- as of a message
    channels    jsonb       not null,
    -- null: it came with Pregonero
    author_id   bigint references account,
    created_at  timestamptz not null default now(),
    unique (template_id, number)
);
create trigger content_template_version_is_immutable before update or delete on content_template_version
    for each statement execute function refuse_change();

-- Templates that come with Pregonero.
with starter (name, description, channels) as (values
    ('Invitación a la audiencia', 'Invita con fecha, hora y lugar, y lleva la cita para el calendario.',
    $json$
    {"EMAIL": {"content": {"subject": "Le invitamos a {{evento.nombre}}", "preheader": "{{evento.fecha}}, {{evento.hora}}", "body": "Respetada persona, {{nombre}}:\n\n{{institucion.nombre}} le invita a **{{evento.nombre}}**.\n\nAllí contaremos qué hicimos con los recursos públicos, qué falta y por qué, y responderemos sus preguntas.\n\n- **Fecha:** {{evento.fecha}}\n- **Hora:** {{evento.hora}}\n- **Lugar:** {{evento.lugar}}\n\nSi quiere preguntar algo antes, responda a este correo.", "calendarInvitation": true, "attachments": []}},
     "SMS": {"content": {"text": "{{institucion.nombre}} le invita: {{evento.nombre}}, {{evento.fecha}}, {{evento.hora}}, {{evento.lugar}}. Responda BAJA para no recibir mas."}},
     "POSTER": {"content": {"paper": "LETTER", "layout": "DATE", "headline": "{{evento.nombre}}", "body": "Venga, pregunte y opine sobre lo que hicimos.", "callToAction": "Entrada libre"}, "outlets": ["Cartelera principal"]},
     "WEB": {"content": {"title": "{{evento.nombre}}", "summary": "{{institucion.nombre}} rinde cuentas a la ciudadanía: {{evento.fecha}}, {{evento.hora}}.", "body": "Contaremos qué hicimos con los recursos públicos, qué falta y por qué.\n\nRegistre su asistencia y deje aquí sus preguntas: las responderemos ese día.", "registration": true, "questions": true}, "outlets": ["Sitio de la entidad"]}}
    $json$::jsonb),
    ('Recordatorio', 'Un día antes, corto.',
    $json$
    {"EMAIL": {"content": {"subject": "Mañana: {{evento.nombre}}", "body": "Respetada persona, {{nombre}}:\n\nLe recordamos que **{{evento.nombre}}** es el {{evento.fecha}} a las {{evento.hora}}, en {{evento.lugar}}.\n\nLe esperamos.", "calendarInvitation": false, "attachments": []}},
     "SMS": {"content": {"text": "Recordatorio: {{evento.nombre}}, {{evento.fecha}}, {{evento.hora}}, {{evento.lugar}}. {{institucion.nombre}}"}}}
    $json$::jsonb),
    ('Agradecimiento', 'Después del evento, a quienes fueron invitados.',
    $json$
    {"EMAIL": {"content": {"subject": "Gracias por participar", "body": "Respetada persona, {{nombre}}:\n\n{{institucion.nombre}} le agradece su interés en la rendición de cuentas.\n\nPublicaremos las respuestas a las preguntas y los compromisos que quedaron. Si algo le quedó sin responder, conteste este correo.", "calendarInvitation": false, "attachments": []}}}
    $json$::jsonb),
    ('Publicación de resultados', 'Cuenta dónde leer el informe y los compromisos.',
    $json$
    {"EMAIL": {"content": {"subject": "Resultados de la rendición de cuentas", "body": "Respetada persona, {{nombre}}:\n\nYa puede leer el informe de la rendición de cuentas de {{institucion.nombre}}: lo que se preguntó, lo que se respondió y los compromisos con sus fechas.\n\nEscríbanos a {{institucion.correo}} si algo no es claro.", "calendarInvitation": false, "attachments": []}},
     "FACEBOOK": {"content": {"text": "Ya puede leer los resultados de nuestra rendición de cuentas: lo que se preguntó, lo que respondimos y los compromisos con sus fechas.\n\n{{institucion.nombre}}"}, "outlets": ["Página de la entidad"]},
     "X": {"content": {"text": "Publicamos los resultados de nuestra rendición de cuentas: preguntas, respuestas y compromisos con sus fechas."}, "outlets": ["Cuenta de la entidad"]},
     "WEB": {"content": {"title": "Resultados de la rendición de cuentas", "summary": "Lo que se preguntó, lo que respondimos y los compromisos con sus fechas.", "body": "Estos son los resultados de la rendición de cuentas de {{institucion.nombre}}.", "registration": false, "questions": true}, "outlets": ["Sitio de la entidad"]}}
    $json$::jsonb)
),
numbered as (select *, row_number() over () as place from starter),
made as (insert into content_template (created_at) select now() from numbered returning id),
placed as (select id, row_number() over (order by id) as place from made)
insert into content_template_version (template_id, number, name, description, channels)
select p.id, 1, n.name, n.description, n.channels from placed p join numbered n using (place);

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
