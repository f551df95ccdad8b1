/** How a file that cannot be read is answered over HTTP. */
@NullMarked
package org.pregonero.dispatcher.tabular.web;

import org.jspecify.annotations.NullMarked;
