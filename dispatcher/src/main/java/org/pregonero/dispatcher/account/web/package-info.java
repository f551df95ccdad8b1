@NullMarked
package org.pregonero.dispatcher.account.web;

import org.jspecify.annotations.NullMarked;
