package org.pregonero.templates;

/**
 * What the office wrote for one channel, with placeholders. Immutable; read from and written to JSON by the
 * application.
 */
public interface MessageContent {

    /**
     * Prepares the content once for many recipients.
     *
     * @throws InvalidTemplateException when the text is not a valid template
     */
    CompiledContent compile(Setting setting);
}
