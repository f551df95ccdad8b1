package org.pregonero.templates;

/**
 * A picture inside an e-mail.
 *
 * @param contentId what the HTML names as {@code cid:contentId}
 * @param mediaType for example {@code image/png}
 * @param bytes the picture's content; not copied, so the owner must not change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record InlineImage(String contentId, String mediaType, byte[] bytes) {}
