/**
 * WhatsApp and SMS by Twilio's Programmable Messaging (API of 2010-04-01): one request per message, outcomes from Twilio's
 * error codes, looking up what became of a message, and reading signed callbacks.
 */
@NullMarked
package org.pregonero.channels.twilio;

import org.jspecify.annotations.NullMarked;
