/** Stands in for providers that are not configured: real protocols on the loopback interface, nothing leaves the machine. */
@NullMarked
package org.pregonero.dispatcher.sandbox;

import org.jspecify.annotations.NullMarked;
