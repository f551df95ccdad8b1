package org.pregonero.dispatcher.plan;

import org.pregonero.dispatcher.tabular.Notice;

/** Something in a plan table that can be understood in more than one way. */
public record PlanDoubt(int row, String column, String value, Notice reason) {}
