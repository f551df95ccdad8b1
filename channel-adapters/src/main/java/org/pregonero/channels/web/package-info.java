/** The channel of the institution's own public announcement pages. */
@NullMarked
package org.pregonero.channels.web;

import org.jspecify.annotations.NullMarked;
