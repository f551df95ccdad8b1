package org.pregonero.dispatcher.tabular;

import org.apache.commons.codec.digest.DigestUtils;

/** A file as it came. Its name is only for people to recognise it by; nothing is decided by it. */
public final class UploadedFile {

    private final String name;
    private final byte[] content;

    /**
     * Takes the file over.
     *
     * @param content not copied; the caller gives it away
     */
    public UploadedFile(String name, byte[] content) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = Words.clean(last);
        this.name = clean.isEmpty() ? "archivo" : clean.substring(0, Math.min(clean.length(), 200));
        this.content = content;
    }

    /** Without any folder the browser may have sent. */
    public String name() {
        return name;
    }

    /** In bytes. */
    public int size() {
        return content.length;
    }

    byte[] content() {
        return content;
    }

    /** SHA-256 in hexadecimal, so that a figure can be traced to exactly this file. */
    public String sha256() {
        return DigestUtils.sha256Hex(content);
    }
}
