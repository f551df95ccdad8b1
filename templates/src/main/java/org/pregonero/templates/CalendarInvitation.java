package org.pregonero.templates;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Method;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * The event as an iCalendar request (RFC 5545, RFC 5546). The same for everybody but for one line, so it is written once
 * and cut where that line goes.
 *
 * <p>Times are in UTC: mail programs show them in the reader's zone, and no table of time zones has to travel along.
 */
record CalendarInvitation(String head, String tail) {

    private static final int OCTETS_PER_LINE = 75;
    private static final String END_OF_EVENT = "END:VEVENT";
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s\\p{Cntrl}<>\"(),;:\\\\@]+@[^\\s\\p{Cntrl}<>\"(),;:\\\\@]+");
    private static final String UNRESERVED = "-._~@!$'*+";

    static CalendarInvitation of(PublicEvent event, Identity identity, Instant made, Words words) {
        String folded = folded(written(calendar(event, identity, made, words, ImmutableMethod.REQUEST)));
        int end = folded.indexOf(END_OF_EVENT);
        return new CalendarInvitation(folded.substring(0, end), folded.substring(end));
    }

    /** The event for everybody's calendar, without attendees (RFC 5546, 3.2.1). */
    static String published(PublicEvent event, Identity identity, Instant made, Words words) {
        return folded(written(calendar(event, identity, made, words, ImmutableMethod.PUBLISH)));
    }

    private static Calendar calendar(PublicEvent event, Identity identity, Instant made, Words words, Method method) {
        EventWords dates = new EventWords(words);
        VEvent entry = new VEvent(false);
        entry.add(new Uid(Escaping.oneLine(event.uid())));
        entry.add(new DtStamp(made));
        entry.add(new DtStart<>(event.start().toInstant()));
        entry.add(new DtEnd<>(event.end().toInstant()));
        entry.add(new Summary(event.name()));
        entry.add(new Location(event.place()));
        entry.add(new Description(dates.date(event.start()) + ", " + dates.hours(event) + "\n" + event.place()
                + (event.link() == null ? "" : "\n" + event.link())));
        entry.add(new Sequence(0));
        entry.add(new Status("CONFIRMED"));
        entry.add(new Organizer(
                new ParameterList(List.of(new Cn(identity.name().replace('"', '\'')))),
                "mailto:" + encoded(identity.email())));
        if (event.link() != null) {
            Url url = new Url();
            url.setValue(event.link());
            entry.add(url);
        }
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Pregonero//Pregonero//ES"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(method);
        calendar.add(entry);
        return calendar;
    }

    private static String written(Calendar calendar) {
        StringWriter out = new StringWriter();
        try {
            // The library folds by characters; lines are limited in octets, so folding is done below.
            new CalendarOutputter(false, Integer.MAX_VALUE).output(calendar, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** @param address the recipient's e-mail address; without a usable one nobody is named */
    String forAttendee(String address) {
        String bare = address.strip();
        if (!ADDRESS.matcher(bare).matches()) {
            return head + tail;
        }
        return head
                + folded("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:"
                        + encoded(bare) + "\r\n")
                + tail;
    }

    /** For a mailto URI (RFC 6068, 2). */
    private static String encoded(String address) {
        StringBuilder encoded = new StringBuilder(address.length());
        for (byte octet : address.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", octet));
            }
        }
        return encoded.toString();
    }

    /** Lines of at most 75 octets, never cut inside a character (RFC 5545, 3.1). */
    private static String folded(String lines) {
        StringBuilder out = new StringBuilder(lines.length() + lines.length() / 16);
        lines.lines().forEach(line -> {
            int octets = 0;
            for (int i = 0; i < line.length(); ) {
                int character = line.codePointAt(i);
                int size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
                if (octets + size > OCTETS_PER_LINE) {
                    out.append("\r\n ");
                    octets = 1;
                }
                out.appendCodePoint(character);
                octets += size;
                i += Character.charCount(character);
            }
            out.append("\r\n");
        });
        return out.toString();
    }
}
