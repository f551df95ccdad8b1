package org.pregonero.dispatcher.institution;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.RequestScope;

/** Writes times as the institution's clocks show them, in the reader's language. Used by the pages' templates. */
@Component("moments")
@RequestScope
public class Moments {

    private final Institutions institutions;
    /** Looked up once a page, and only by pages that show a time. */
    private @Nullable ZoneId zone;

    Moments(Institutions institutions) {
        this.institutions = institutions;
    }

    /** "lunes 16 de noviembre de 2026, 8:00 a. m." */
    public String full(@Nullable Instant moment) {
        return write(moment, fullDay() + ", h:mm a");
    }

    /** "lunes 16 de noviembre de 2026, 8:00:07 a. m.", where the order of things is evidence. */
    public String exact(@Nullable Instant moment) {
        return write(moment, fullDay() + ", h:mm:ss a");
    }

    /** "16 nov 2026, 8:00 a. m." */
    public String brief(@Nullable Instant moment) {
        return write(moment, "d MMM yyyy, h:mm a");
    }

    /** "16 nov 2026" */
    public String day(@Nullable LocalDate day) {
        return day == null
                ? ""
                : DateTimeFormatter.ofPattern("d MMM yyyy", locale()).format(day);
    }

    /** As the field of a form takes it: {@code 2026-11-16T08:00}. */
    public String input(@Nullable Instant moment) {
        return moment == null
                ? ""
                : DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT).format(moment.atZone(zone()));
    }

    public ZoneId zone() {
        var known = zone;
        if (known == null) {
            known = institutions.zone();
            zone = known;
        }
        return known;
    }

    private String write(@Nullable Instant moment, String pattern) {
        return moment == null
                ? ""
                : DateTimeFormatter.ofPattern(pattern, locale()).format(moment.atZone(zone()));
    }

    private static String fullDay() {
        return locale().getLanguage().equals("es") ? "EEEE d 'de' MMMM 'de' yyyy" : "EEEE d MMMM yyyy";
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
