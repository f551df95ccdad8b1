-- The figures of a large sending as they were at one time. Small ones are counted whenever somebody looks.
create table reach_snapshot (
    occurrence_id bigint primary key references occurrence,
    as_of         timestamptz not null,
    -- how long it took to count, in milliseconds: what takes long is counted less often
    took          integer     not null,
    lines         jsonb       not null
);
