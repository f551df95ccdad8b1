package org.pregonero.templates;

/**
 * A file that comes with a message.
 *
 * @param fileName name shown to the recipient
 * @param mediaType for example {@code application/pdf}
 * @param bytes the file's content; not copied, so the owner must not change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Attachment(String fileName, String mediaType, byte[] bytes) {}
