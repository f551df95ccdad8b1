package org.pregonero.dispatcher.audience;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Notice;

/**
 * Finds the rows of a list that mean one person: those that share a valid address and a word of the name. A household's
 * telephone is shared by people whose names have nothing in common; they stay apart, and the user is told.
 *
 * <p>Linear in the number of rows, also where thousands of them share one address.
 */
final class SamePerson {

    private final List<PersonRow> rows;
    private final int[] parent;
    private final Map<String, Holders> holdersByAddress = new HashMap<>();
    private final MergedPerson merge;
    private final Problems problems;

    SamePerson(List<PersonRow> rows, MergedPerson merge, Problems problems) {
        this.rows = rows;
        this.parent = new int[rows.size()];
        this.merge = merge;
        this.problems = problems;
    }

    /** One entry per person, in the order of their first rows. */
    List<PersonRow> people() {
        for (int index = 0; index < rows.size(); index++) {
            parent[index] = index;
            PersonRow row = rows.get(index);
            if (row.reachable()) {
                Set<String> words = Names.words(row.name);
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
        if (words.isEmpty()) {
            join(index, holders.first);
            return;
        }
        Map<String, Integer> byWord = holders.byWord();
        boolean joined = false;
        for (String word : words) {
            @Nullable Integer holder = byWord.get(word);
            if (holder != null) {
                join(index, holder);
                joined = true;
            }
        }
        if (!joined && Names.words(rows.get(holders.first).name).isEmpty()) {
            join(index, holders.first);
        } else if (!joined) {
            PersonRow other = rows.get(holders.first);
            problems.add(
                    rows.get(index).row,
                    merge.headingOf(address),
                    address,
                    Notice.of("shared-address", other.row, other.name));
        }
        words.forEach(word -> byWord.putIfAbsent(word, index));
    }

    private void join(int index, int other) {
        int one = root(index);
        int two = root(other);
        parent[Math.max(one, two)] = Math.min(one, two);
    }

    private int root(int index) {
        int at = index;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** Who has an address; nearly always one row, so the words are only looked at when a second one comes. */
    private final class Holders {
        private final int first;
        private @Nullable Map<String, Integer> words;

        Holders(int first) {
            this.first = first;
        }

        Map<String, Integer> byWord() {
            @Nullable Map<String, Integer> known = words;
            if (known == null) {
                known = new HashMap<>();
                for (String word : Names.words(rows.get(first).name)) {
                    known.put(word, first);
                }
                words = known;
            }
            return known;
        }
    }
}
