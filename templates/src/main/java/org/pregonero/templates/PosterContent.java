package org.pregonero.templates;

/** Placeholder until the real content type lands. */
public record PosterContent() implements MessageContent {

    @Override
    public CompiledContent compile(Setting setting) {
        throw new UnsupportedOperationException("placeholder");
    }
}
