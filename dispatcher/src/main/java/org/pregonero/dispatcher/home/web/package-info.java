@NullMarked
package org.pregonero.dispatcher.home.web;

import org.jspecify.annotations.NullMarked;
