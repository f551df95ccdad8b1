@NullMarked
package org.pregonero.dispatcher.runtime.web;

import org.jspecify.annotations.NullMarked;
