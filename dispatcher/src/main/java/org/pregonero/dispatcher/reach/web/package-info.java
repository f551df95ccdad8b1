@NullMarked
package org.pregonero.dispatcher.reach.web;

import org.jspecify.annotations.NullMarked;
