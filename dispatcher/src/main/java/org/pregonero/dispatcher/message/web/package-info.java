@NullMarked
package org.pregonero.dispatcher.message.web;

import org.jspecify.annotations.NullMarked;
