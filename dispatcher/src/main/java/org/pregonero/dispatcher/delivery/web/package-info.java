@NullMarked
package org.pregonero.dispatcher.delivery.web;

import org.jspecify.annotations.NullMarked;
