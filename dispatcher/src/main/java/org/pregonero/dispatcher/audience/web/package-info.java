/** Contact lists and audiences over HTTP. */
@NullMarked
package org.pregonero.dispatcher.audience.web;

import org.jspecify.annotations.NullMarked;
