@NullMarked
package org.pregonero.dispatcher.institution.web;

import org.jspecify.annotations.NullMarked;
