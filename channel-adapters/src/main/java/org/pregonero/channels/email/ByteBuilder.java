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
        return append(more, 0, more.length);
    }

    /** A run of another array's bytes. */
    ByteBuilder append(byte[] source, int from, int to) {
        int needed = length + to - from;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        System.arraycopy(source, from, bytes, length, to - from);
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
