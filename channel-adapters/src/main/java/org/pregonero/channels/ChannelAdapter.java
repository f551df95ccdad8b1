package org.pregonero.channels;

import org.pregonero.templates.MessageContent;

/** Talks one provider's protocol. Safe for use by several threads. */
public interface ChannelAdapter {

    Channel channel();

    Addressing addressing();

    /** The kind of content that the office writes for this channel. */
    Class<? extends MessageContent> contentType();

    /**
     * Sends one message and waits for the provider's answer. Never sends it twice: no silent repetition at any layer
     * below.
     *
     * @return how it ended; provider trouble is an outcome and not an exception
     */
    SendOutcome send(OutboundMessage message);

    /** Tells whether the provider can be talked to with these credentials. Sends nothing. */
    CheckResult check();
}
