-- How many a post has reached, as its network counts: accounts and displays, never people. Figures grow, so each answer is
-- kept with its time and none is changed.

-- Every time a network was asked about a delivery; unanswered ones too, so that nobody is asked without end.
create table reach_question (
    delivery_id bigint      not null references delivery,
    asked_at    timestamptz not null,
    answered    boolean     not null,
    primary key (delivery_id, asked_at)
);

create table reach_measure (
    delivery_id bigint      not null,
    measured_at timestamptz not null,
    figure      text        not null,
    value       bigint      not null check (value >= 0),
    primary key (delivery_id, measured_at, figure),
    foreign key (delivery_id, measured_at) references reach_question (delivery_id, asked_at)
);

create trigger reach_question_is_append_only before update or delete on reach_question
    for each statement execute function refuse_change();
create trigger reach_measure_is_append_only before update or delete on reach_measure
    for each statement execute function refuse_change();

-- Posts are few among millions of personal messages.
create index delivery_published on delivery (channel, changed_at) where outlet is not null and state = 'DELIVERED';
