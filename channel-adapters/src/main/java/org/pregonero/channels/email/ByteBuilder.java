package org.pregonero.channels.email;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow; what a message is written into. {@code ByteArrayOutputStream} without its locks. */
final class ByteBuilder {

    private byte[] bytes;
    private int length;

    ByteBuilder(int capacity) {
        bytes = new byte[capacity];
    }

    ByteBuilder append(int b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2 + 16);
        }
        bytes[length++] = (byte) b;
        return this;
    }

    ByteBuilder append(byte[] more) {
        int needed = length + more.length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length = needed;
        return this;
    }

    ByteBuilder append(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteBuilder crlf() {
        return append('\r').append('\n');
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
