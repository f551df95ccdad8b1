package org.pregonero.templates;

import java.util.List;
import java.util.Map;

/** Printed content that can also be made personal: one document with a page for each person. */
public interface MailMerge extends CompiledContent {

    /**
     * The pages in the order of the people. Pages share typefaces and logo, so that the document stays small.
     *
     * @param title of the whole document
     * @param people the values of each, at least one person
     * @return PDF, named and titled as a whole
     * @throws MissingValueException when {@link #missing} is not empty for somebody
     * @throws InvalidTemplateException when the paper is not one for a single page per person, or a page is too full
     */
    RenderedPoster merged(String title, List<Map<String, String>> people);
}
