/**
 * PostgreSQL and an AMQP broker started by this process when no external ones are configured. Both are the real thing
 * behind the same wire protocols, so that nothing outside this package knows which it talks to.
 */
@NullMarked
package org.pregonero.dispatcher.embedded;

import org.jspecify.annotations.NullMarked;
