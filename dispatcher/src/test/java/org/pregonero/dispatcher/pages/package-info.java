/** The pages, as people with a browser have them. */
@NullMarked
package org.pregonero.dispatcher.pages;

import org.jspecify.annotations.NullMarked;
