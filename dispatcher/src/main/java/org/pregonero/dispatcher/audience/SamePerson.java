package org.pregonero.dispatcher.audience;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Notice;

/**
 * Finds the rows of a list that mean one person: those that share a valid address, by names that may be one person's. Who
 * shares an address with somebody of another name stays apart, and the user is told.
 *
 * <p>Linear in the number of rows, also where thousands of them share one address.
 */
final class SamePerson {

    /** An address under more names is an office's: who is who there is told by the same name alone. */
    private static final int NAMES_COMPARED = 20;

    private final List<PersonRow> rows;
    private final int[] parent;
    /** By the first row of each person: the row with the fullest of their names, so that "Gómez" joins Ana or Luis, not both. */
    private final int[] named;

    private final Map<String, Holders> holdersByAddress = new HashMap<>();
    private final MergedPerson merge;
    private final Problems problems;

    SamePerson(List<PersonRow> rows, MergedPerson merge, Problems problems) {
        this.rows = rows;
        this.parent = IntStream.range(0, rows.size()).toArray();
        this.named = parent.clone();
        this.merge = merge;
        this.problems = problems;
    }

    /** One entry per person, in the order of their first rows. */
    List<PersonRow> people() {
        for (int index = 0; index < rows.size(); index++) {
            PersonRow row = rows.get(index);
            if (row.reachable()) {
                Set<String> words = words(index);
                for (String email : row.emails) {
                    meet(index, words, email);
                }
                for (String phone : row.phones) {
                    meet(index, words, phone);
                }
            }
        }
        Map<Integer, PersonRow> people = new LinkedHashMap<>();
        for (int index = 0; index < rows.size(); index++) {
            int root = root(index);
            @Nullable PersonRow first = people.get(root);
            if (first == null) {
                people.put(root, rows.get(index));
            } else {
                merge.into(first, rows.get(index));
            }
        }
        return new ArrayList<>(people.values());
    }

    private void meet(int index, Set<String> words, String address) {
        @Nullable Holders holders = holdersByAddress.get(address);
        if (holders == null) {
            holdersByAddress.put(address, new Holders(index));
            return;
        }
        Map<Set<String>, Integer> byName = holders.byName();
        @Nullable Integer namesake = byName.get(words);
        boolean joined = (namesake != null && join(index, namesake, address))
                || (byName.size() <= NAMES_COMPARED
                        && byName.values().stream().anyMatch(holder -> join(index, holder, address)));
        if (!joined) {
            PersonRow other = rows.get(holders.first);
            problems.add(
                    rows.get(index).row,
                    merge.headingOf(address),
                    address,
                    Notice.of("shared-address", other.row, other.name));
        }
        byName.putIfAbsent(words, index);
    }

    private boolean join(int index, int other, String address) {
        int one = root(index);
        int two = root(other);
        Set<String> name = words(named[one]);
        Set<String> otherName = words(named[two]);
        if (one != two && !Names.mayBeOne(name, otherName, address)) {
            return false;
        }
        int first = Math.min(one, two);
        named[first] = name.size() > otherName.size() ? named[one] : named[two];
        parent[Math.max(one, two)] = first;
        return true;
    }

    private Set<String> words(int index) {
        return Names.words(rows.get(index).name);
    }

    private int root(int index) {
        int at = index;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** Who has an address; nearly always one row, so the names are only looked at when a second one comes. */
    private final class Holders {
        private final int first;
        private @Nullable Map<Set<String>, Integer> names;

        Holders(int first) {
            this.first = first;
        }

        Map<Set<String>, Integer> byName() {
            @Nullable Map<Set<String>, Integer> known = names;
            if (known == null) {
                known = new LinkedHashMap<>();
                known.put(words(first), first);
                names = known;
            }
            return known;
        }
    }
}
