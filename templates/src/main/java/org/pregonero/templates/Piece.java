package org.pregonero.templates;

/**
 * What changes from piece to piece of the same content, without characters that cannot be written.
 *
 * @param body HTML
 * @param link checked address that the code leads to, or empty
 * @param shortLink address to be typed by hand, or empty
 */
record Piece(String headline, String body, String callToAction, String link, String shortLink) {}
