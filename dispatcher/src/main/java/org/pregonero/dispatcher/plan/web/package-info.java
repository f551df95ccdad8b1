/** Plans and their events over HTTP. */
@NullMarked
package org.pregonero.dispatcher.plan.web;

import org.jspecify.annotations.NullMarked;
