-- The figures of a large sending, or of all of a message's, as they were at one time. Small ones are counted whenever somebody looks.
create table reach_snapshot (
    -- occurrence/12 or message/7
    subject text        primary key,
    as_of         timestamptz not null,
    -- how long it took to count, in milliseconds: what takes long is counted less often
    took          integer     not null,
    lines         jsonb       not null
);
