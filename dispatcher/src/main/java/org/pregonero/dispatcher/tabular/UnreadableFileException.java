package org.pregonero.dispatcher.tabular;

import java.util.Locale;

/** An uploaded file that cannot be used, with what is wrong and what to do about it. */
public final class UnreadableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why the file was refused, and so how it is answered. */
    public enum Kind {
        /** More than the limits allow. */
        TOO_LARGE,
        /** Not a table in a format that is read. */
        NOT_A_TABLE,
        /** A table, but not one that says what is needed. */
        NOT_UNDERSTOOD
    }

    private final Kind kind;
    private final transient Texts texts;
    private final transient Notice notice;

    public UnreadableFileException(Kind kind, Texts texts, Notice notice) {
        super(notice.key());
        this.kind = kind;
        this.texts = texts;
        this.notice = notice;
    }

    public Kind kind() {
        return kind;
    }

    public String say(Locale locale) {
        return texts.say(notice, locale);
    }
}
