package org.pregonero.channels.email;

import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.SendOutcome;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.NoticeContent;

/** Notices to the institution's own people: a channel of its own that travels over the connections of the e-mail channel. */
public final class NoticeAdapter implements ChannelAdapter {

    /** The channel's name. */
    public static final Channel INTERNAL = new Channel("INTERNAL");

    private final EmailAdapter email;

    public NoticeAdapter(EmailAdapter email) {
        this.email = email;
    }

    @Override
    public Channel channel() {
        return INTERNAL;
    }

    @Override
    public Addressing addressing() {
        return Addressing.EMAIL;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return NoticeContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        return email.send(message);
    }

    @Override
    public CheckResult check() {
        return email.check();
    }
}
