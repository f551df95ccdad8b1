@NullMarked
package org.pregonero.dispatcher.inbound.web;

import org.jspecify.annotations.NullMarked;
