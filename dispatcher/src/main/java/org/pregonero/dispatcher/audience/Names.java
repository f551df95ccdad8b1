package org.pregonero.dispatcher.audience;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pregonero.dispatcher.tabular.Words;

/** People's names, as far as they tell whether two rows mean one person. */
final class Names {

    private static final Set<String> PARTICLES =
            Set.of("de", "del", "la", "las", "los", "el", "y", "da", "do", "dr", "dra", "sr", "sra");

    private Names() {}

    /** The words of a name that could tell people apart, without accents and capitals. */
    static Set<String> words(String name) {
        return Stream.of(Words.fold(name).split(" "))
                .filter(word -> word.length() > 1 && !PARTICLES.contains(word))
                .collect(Collectors.toSet());
    }

    /** Whether two names have a word in common. */
    static boolean alike(Set<String> one, Set<String> other) {
        return one.stream().anyMatch(other::contains);
    }

    /**
     * Whether two names under one address may be one person's: one of them says nothing that the other does not, as "Ana Gómez"
     * and "Ana María Gómez". Two common words are enough in a mailbox, which is seldom shared; on the telephone of a house,
     * brothers and sisters have both surnames in common.
     */
    static boolean mayBeOne(Set<String> one, Set<String> other, String address) {
        return !differ(one, other)
                || (address.indexOf('@') >= 0
                        && one.stream().filter(other::contains).count() >= 2);
    }

    /** Whether each name has a word the other lacks: "Ana Gómez" and "Luis Gómez". */
    static boolean differ(Set<String> one, Set<String> other) {
        return !one.containsAll(other) && !other.containsAll(one);
    }

    /** The one that says more; of two that say the same, the one that does not shout. */
    static String fuller(String one, String other) {
        int more = Integer.compare(words(other).size(), words(one).size());
        if (more != 0) {
            return more > 0 ? other : one;
        }
        return one.isEmpty() || (shouted(one) && !shouted(other)) ? other : one;
    }

    private static boolean shouted(String name) {
        return name.equals(name.toUpperCase(Locale.ROOT));
    }
}
