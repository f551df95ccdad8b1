package org.pregonero.dispatcher.reach;

/**
 * What is counted of people. Each is a condition on one delivery {@code d} to a person, so that a figure and the rows behind it
 * cannot disagree; its words and its source are in the message bundle {@code reach}.
 */
public enum Figure {
    /** Has a delivery, whatever became of it. */
    REGISTERED("true"),
    /** Authorised, with a valid address of their own. */
    CONTACTABLE("d.state <> 'SKIPPED'"),
    /** Still to leave. */
    WAITING("d.state in ('PENDING', 'QUEUED')"),
    /** Handed to the provider, or meant to be. */
    ATTEMPTED("d.state in ('SENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ', 'REJECTED', 'UNDELIVERED')"),
    /** Taken by the provider and not returned: weaker than confirmed. */
    ACCEPTED("d.state in ('ACCEPTED', 'DELIVERED', 'READ')"),
    /** Certain: at the device, acknowledged, or answered. */
    CONFIRMED(Figure.CERTAIN),
    /** Attempted, and nobody knows whether it arrived. */
    UNKNOWN("(d.state in ('SENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ') and not " + Figure.CERTAIN + ")"),
    /** Confirmed read: a floor, since receipts can be switched off. */
    READ("d.state = 'READ'"),
    /** A person, so far as can be told, followed a link: a floor, since not everybody follows links. */
    CLICKED("""
            exists (select from click c
                    where c.delivery_id = d.id and not c.scanner
                      -- whoever opens two links within two seconds is checking, not reading
                      and not exists (select from click o
                                      where o.delivery_id = c.delivery_id and o.link <> c.link
                                        and o.clicked_at between c.clicked_at - interval '2 seconds'
                                                             and c.clicked_at + interval '2 seconds'))"""),
    /** Refused or returned. */
    FAILED("d.state in ('REJECTED', 'UNDELIVERED')");

    /** An internal notice counts only when its reader says so. */
    private static final String CERTAIN = """
            case when d.channel = 'INTERNAL' then exists (select from acknowledgement a where a.delivery_id = d.id)
                 else d.state in ('DELIVERED', 'READ') end""";

    private final String condition;

    Figure(String condition) {
        this.condition = condition;
    }

    /** In SQL, on a delivery {@code d}. */
    String condition() {
        return "(" + condition + ")";
    }
}
