package org.pregonero.templates;

/** Placeholder until the real content type lands. */
public record EmailContent() implements MessageContent {

    @Override
    public CompiledContent compile(Setting setting) {
        throw new UnsupportedOperationException("placeholder");
    }
}
