package org.pregonero.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The layouts that come with this library. */
final class LayoutFile {

    private LayoutFile() {}

    static String read(String name) {
        try (InputStream in = LayoutFile.class.getResourceAsStream("layouts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("Layout not found: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
