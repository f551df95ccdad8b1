package org.pregonero.templates;

/**
 * A picture of a post.
 *
 * @param mediaType {@code image/png} or {@code image/jpeg}
 * @param data the picture's content, in JSON as Base64; not copied, so the owner must not change it
 * @param alternativeText what the picture shows, for those who do not see it
 */
@SuppressWarnings("ArrayRecordComponent")
public record PostPicture(String mediaType, byte[] data, String alternativeText) {

    /** What all networks take; X, image uploads. */
    private static final int LARGEST = 5_000_000;

    /** X, {@code media/metadata}. */
    private static final int LONGEST_ALTERNATIVE_TEXT = 1000;

    /** @throws InvalidTemplateException when a network would refuse it, or somebody would be left out */
    @SuppressWarnings("ConstantValue") // JSON may leave anything out
    void check(Words words) {
        if (!"image/png".equals(mediaType) && !"image/jpeg".equals(mediaType)) {
            throw words.invalid("error.postPictureKind");
        }
        if (data == null
                || ImageSize.of(new InlineImage("post", mediaType, data)).isEmpty()) {
            throw words.invalid("error.postPictureUnreadable");
        }
        if (data.length > LARGEST) {
            throw words.invalid("error.postPictureTooLarge", LARGEST / 1_000_000);
        }
        if (alternativeText == null || alternativeText.isBlank()) {
            throw words.invalid("error.postAlternativeText");
        }
        if (alternativeText.length() > LONGEST_ALTERNATIVE_TEXT) {
            throw words.invalid("error.postAlternativeTextTooLong", alternativeText.length(), LONGEST_ALTERNATIVE_TEXT);
        }
    }
}
