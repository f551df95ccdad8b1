package org.pregonero.channels.email;

import org.pregonero.channels.ChannelAdapter;

/** Internal notices keep the contract as e-mail does. */
class NoticeAdapterTest extends EmailAdapterTest {

    @Override
    protected ChannelAdapter adapterIn(Situation situation) {
        return new NoticeAdapter((EmailAdapter) super.adapterIn(situation));
    }
}
