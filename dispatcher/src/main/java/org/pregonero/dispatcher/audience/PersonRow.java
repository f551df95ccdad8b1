package org.pregonero.dispatcher.audience;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Ledger.Decision;

/** What one row of a list says about one person; while rows of the same person are merged, what all of them say. */
final class PersonRow {

    final int row;
    String name = "";

    @Nullable
    String position;

    @Nullable
    String organisation;

    @Nullable
    String preferredChannel;

    @Nullable
    Decision decision;

    @Nullable
    LocalDate decidedOn;

    int decidedInRow;
    final Set<String> emails = new LinkedHashSet<>(2);
    final Set<String> phones = new LinkedHashSet<>(2);
    final List<String> invalidEmails = new ArrayList<>(0);
    final List<String> invalidPhones = new ArrayList<>(0);
    final Set<String> groups = new LinkedHashSet<>(2);
    final Map<String, String> attributes = new LinkedHashMap<>(2);
    /** Stored contacts of a similar name under the same address: somebody of the family, or this person written otherwise. */
    final Set<Long> namesakes = new LinkedHashSet<>(0);
    /** The stored contact this is, where there is one already. */
    @Nullable
    Long contactId;

    PersonRow(int row) {
        this.row = row;
    }

    /** Once it has been stored. */
    long savedId() {
        return Objects.requireNonNull(contactId, "not stored yet");
    }

    boolean reachable() {
        return !emails.isEmpty() || !phones.isEmpty();
    }
}
