package org.pregonero.dispatcher.institution;

import java.time.Instant;

/**
 * A wording of the data-protection notice. Authorisations name the number of the one that the person read.
 *
 * @param number from 1 on
 * @param author user name of whoever wrote it
 */
public record NoticeVersion(int number, String text, Instant createdAt, String author) {}
