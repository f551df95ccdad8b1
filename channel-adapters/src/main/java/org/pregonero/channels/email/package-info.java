/**
 * E-mail by SMTP submission (RFC 5321, RFC 6409) to the institution's mail server: composes the message, signs it with
 * DKIM where asked to, hands it over on pooled connections, and translates the server's answers.
 */
@NullMarked
package org.pregonero.channels.email;

import org.jspecify.annotations.NullMarked;
