/**
 * Content: templates without logic, and their rendering to what a channel carries (an e-mail, a poster).
 *
 * <p>A plain library: it knows no database, no network and no application framework.
 */
@NullMarked
package org.pregonero.templates;

import org.jspecify.annotations.NullMarked;
