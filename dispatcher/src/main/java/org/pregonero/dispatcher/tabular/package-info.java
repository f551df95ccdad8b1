/**
 * Reading a table out of a file somebody uploads: CSV in whatever encoding and with whatever separator, or XLSX. What a
 * file is, is decided by its content; a file that cannot be read is refused with a sentence that says what to do.
 */
@ApplicationModule(
        displayName = "Tablas",
        allowedDependencies = {})
@NullMarked
package org.pregonero.dispatcher.tabular;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
