package org.pregonero.dispatcher.audience;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Ledger.Decision;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Words;

/** Puts together what several rows say about one person. Nothing is dropped: what contradicts is kept and reported. */
final class MergedPerson {

    private final ContactColumns columns;
    private final Problems problems;

    MergedPerson(ContactColumns columns, Problems problems) {
        this.columns = columns;
        this.problems = problems;
    }

    void into(PersonRow person, PersonRow other) {
        mergeName(person, other);
        person.position = value(person, other, ContactField.POSITION, person.position, other.position);
        person.organisation = value(person, other, ContactField.ORGANISATION, person.organisation, other.organisation);
        person.preferredChannel =
                value(person, other, ContactField.PREFERRED_CHANNEL, person.preferredChannel, other.preferredChannel);
        person.emails.addAll(other.emails);
        person.phones.addAll(other.phones);
        person.invalidEmails.addAll(other.invalidEmails);
        person.invalidPhones.addAll(other.invalidPhones);
        person.groups.addAll(other.groups);
        for (Map.Entry<String, String> attribute : other.attributes.entrySet()) {
            @Nullable String earlier = person.attributes.putIfAbsent(attribute.getKey(), attribute.getValue());
            if (earlier != null) {
                conflict(person, other, attribute.getKey(), earlier, attribute.getValue());
            }
        }
        mergeDecision(person, other);
    }

    /** The heading of the column an address came from. */
    String headingOf(String address) {
        return columns.heading(address.indexOf('@') >= 0 ? ContactField.EMAIL : ContactField.PHONE);
    }

    String headingOfAuthorisation() {
        return columns.heading(ContactField.AUTHORISATION);
    }

    private void mergeName(PersonRow person, PersonRow other) {
        Set<String> one = Names.words(person.name);
        Set<String> two = Names.words(other.name);
        String fuller = Names.fuller(person.name, other.name);
        if (!one.equals(two) && !one.isEmpty() && !two.isEmpty() && Names.differ(one, two)) {
            String heading = columns.heading(ContactField.NAME);
            problems.add(other.row, heading, other.name, Notice.of("merged-names", person.row, person.name));
            person.attributes.merge(
                    heading + " (también)",
                    fuller.equals(person.name) ? other.name : person.name,
                    (a, b) -> a.equals(b) ? a : a + " / " + b);
        }
        person.name = fuller;
    }

    private @Nullable String value(
            PersonRow person, PersonRow other, ContactField field, @Nullable String first, @Nullable String second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        conflict(person, other, columns.heading(field), first, second);
        return first;
    }

    private void conflict(PersonRow person, PersonRow other, String heading, String first, String second) {
        if (!Words.fold(first).equals(Words.fold(second))) {
            problems.add(other.row, heading, second, Notice.of("conflict", person.row, first));
            person.attributes.merge(heading + " (también)", second, (a, b) -> a.contains(b) ? a : a + " / " + b);
        }
    }

    private void mergeDecision(PersonRow person, PersonRow other) {
        boolean oneRefused = person.decision == Decision.REFUSED;
        boolean otherRefused = other.decision == Decision.REFUSED;
        if (person.decision != null && other.decision != null && oneRefused != otherRefused) {
            String heading = columns.heading(ContactField.AUTHORISATION);
            problems.add(other.row, heading, "", Notice.of("yes-and-no", person.row));
        }
        if (weight(other) > weight(person) || (weight(other) == weight(person) && isLater(other, person))) {
            person.decision = other.decision;
            person.decidedOn = other.decidedOn;
            person.decidedInRow = other.decidedInRow;
        }
    }

    private static int weight(PersonRow row) {
        if (row.decision == null) {
            return 0;
        }
        return switch (row.decision) {
            case UNPROVEN -> 1;
            case GRANTED -> 2;
            case REFUSED, REVOKED -> 3;
        };
    }

    private static boolean isLater(PersonRow other, PersonRow person) {
        return other.decidedOn != null && (person.decidedOn == null || other.decidedOn.isAfter(person.decidedOn));
    }
}
