package org.pregonero.dispatcher.tabular;

import java.util.List;

/**
 * A sentence for the user, not yet in their language.
 *
 * @param key the sentence in the module's message bundle
 * @param arguments what fills its places, already written the way the user should see it
 */
public record Notice(String key, List<String> arguments) {

    public Notice {
        arguments = List.copyOf(arguments);
    }

    public static Notice of(String key, Object... arguments) {
        return new Notice(key, List.of(arguments).stream().map(String::valueOf).toList());
    }
}
