package org.pregonero.templates;

import java.util.Map;
import java.util.Set;

/** Content whose names and links are those of its vocabulary. */
interface OfVocabulary extends CompiledContent {

    Vocabulary vocabulary();

    @Override
    default Set<String> placeholders() {
        return vocabulary().placeholders();
    }

    @Override
    default Map<Integer, String> links() {
        return vocabulary().links();
    }

    @Override
    default Set<String> missing(Map<String, String> values) {
        return vocabulary().missing(values);
    }
}
