package org.pregonero.channels.email;

/** The contract, towards a server that takes commands in one go. */
class EmailAdapterPipeliningTest extends EmailAdapterTest {

    @Override
    String[] extensions() {
        return new String[] {"AUTH PLAIN", "PIPELINING"};
    }
}
