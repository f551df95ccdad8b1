@NullMarked
package org.pregonero.dispatcher.task.web;

import org.jspecify.annotations.NullMarked;
