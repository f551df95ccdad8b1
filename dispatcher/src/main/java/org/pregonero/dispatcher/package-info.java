/** The application. Its direct sub-packages are its modules; each says in its own package-info what it is for. */
@NullMarked
package org.pregonero.dispatcher;

import org.jspecify.annotations.NullMarked;
