/** Who may use Pregonero: accounts, roles, API keys, log-in, and the trail of what they did. */
@NullMarked
package org.pregonero.dispatcher.account;

import org.jspecify.annotations.NullMarked;
