package org.pregonero.dispatcher.message;

import java.util.Locale;
import org.pregonero.dispatcher.tabular.Texts;
import org.springframework.context.i18n.LocaleContextHolder;

/** Why a message cannot go as it is, or a request about it be carried out; the bundle {@code refusal} has the sentences. */
public enum Refusal {
    NOT_TESTABLE,
    TEST_ON_PAUSED_CHANNEL,
    TEST_TO_BARRED,
    TEST_CHANNEL_DOWN,
    TEST_NOT_TAKEN,
    TEST_PHONE,
    TEST_EMAIL,
    TESTS_SPENT,
    FILE_TOO_LARGE,
    NOT_A_PICTURE,
    NOT_A_DOCUMENT,
    COMMENT_MISSING,
    NOT_AWAITING_APPROVAL,
    NOT_RETURNED,
    NO_PRINTED_PIECE,
    PEOPLE_LACK_A_VALUE,
    NOBODY_TO_PRINT_FOR,
    TOO_MANY_TO_PRINT,
    BEGUN,
    CHANGED_WHILE_LOOKED_AT,
    OTHER_VERSION,
    OWN_MESSAGE,
    NEEDS_APPROVAL,
    NOT_HELD,
    BEING_STARTED,
    HOLES,
    NO_CHANNEL,
    NO_OUTLETS,
    ATTACHMENTS_TOO_LARGE,
    NO_AUDIENCES,
    NO_SUCH_EVENT,
    CASCADE_ORDER,
    CASCADE_NOT_PERSONAL,
    CASCADE_PATIENCE,
    NO_SUCH_AUDIENCE,
    TEMPLATE_CHANGED,
    TEMPLATE_NAME,
    TEMPLATE_EMPTY,
    NO_EVENT_TO_FOLLOW,
    TOO_FAR,
    PAST,
    USELESS,
    CHANNEL_NOT_SET_UP,
    NOT_RETRIABLE,
    NOT_UNDER_WAY,
    USELESS_NOW,
    NO_CHANNEL_INSTALLED,
    VALUE_UNKNOWN,
    VALUE_LACKING,
    PERSON_LACKS;

    private static final Texts SENTENCES = new Texts("refusal");

    /** The sentence, in the {@link #language()} of whoever asks. */
    String say(Object... arguments) {
        return SENTENCES.say(name(), language(), arguments);
    }

    /** Of whoever made the request that is being answered. */
    static Locale language() {
        return LocaleContextHolder.getLocaleContext() == null
                ? SettingSnapshot.LANGUAGE
                : LocaleContextHolder.getLocale();
    }
}
