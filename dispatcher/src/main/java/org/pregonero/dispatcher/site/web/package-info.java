@NullMarked
package org.pregonero.dispatcher.site.web;

import org.jspecify.annotations.NullMarked;
