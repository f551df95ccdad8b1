package org.pregonero.dispatcher.plan;

/** What a row of a plan table is. */
public enum RowKind {
    ACTION,
    /** A line across the table, which names the stage of what follows. */
    STAGE,
    /** The rest of the row above, cut off by the end of a page. */
    CONTINUED,
    /** An audience of the whole plan, or the heading above some. */
    AUDIENCE,
    /** Nothing to be done, or the heading above such rows; kept with the plan. */
    NOTE
}
