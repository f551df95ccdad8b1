/** Printable pieces: the document is put where the office can fetch and print it, under a lasting address. */
@NullMarked
package org.pregonero.channels.poster;

import org.jspecify.annotations.NullMarked;
