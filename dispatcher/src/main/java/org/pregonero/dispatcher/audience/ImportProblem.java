package org.pregonero.dispatcher.audience;

import org.pregonero.dispatcher.tabular.Notice;

/**
 * Something in a list that a person should look at.
 *
 * @param row as the spreadsheet numbers it
 * @param column the heading as it stands in the file
 * @param value the cell's text
 */
public record ImportProblem(int row, String column, String value, Notice reason) {}
