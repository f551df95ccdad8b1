package org.pregonero.dispatcher.audience;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pregonero.dispatcher.tabular.Words;

/**
 * Reads a day as it is written in Colombia: 15/03/2025, 2025-03-15, 15 de marzo de 2025, marzo 15 de 2025, or a spreadsheet's
 * serial.
 */
final class SpanishDates {

    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})([ T,].*)?");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[/.-](\\d{1,2})[/.-](\\d{1,2})([ T,].*)?");
    private static final Pattern WRITTEN =
            Pattern.compile("(?:[a-z]+ )?(\\d{1,2})(?: de)? ([a-z]{3,10})(?: de| del)? (\\d{4})");
    private static final Pattern MONTH_FIRST = Pattern.compile("^([a-z]{3,10}) (\\d{1,2})(?= (del? )?\\d{4}$)");
    private static final Pattern SERIAL = Pattern.compile("[2-5]\\d{4}(\\.\\d+)?");
    private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

    private SpanishDates() {}

    static Optional<LocalDate> read(String text) {
        try {
            Matcher dayFirst = DAY_FIRST.matcher(text);
            if (dayFirst.matches()) {
                int year = Integer.parseInt(dayFirst.group(3));
                return Optional.of(LocalDate.of(
                        year < 100 ? 2000 + year : year,
                        Integer.parseInt(dayFirst.group(2)),
                        Integer.parseInt(dayFirst.group(1))));
            }
            Matcher yearFirst = YEAR_FIRST.matcher(text);
            if (yearFirst.matches()) {
                return Optional.of(LocalDate.of(
                        Integer.parseInt(yearFirst.group(1)),
                        Integer.parseInt(yearFirst.group(2)),
                        Integer.parseInt(yearFirst.group(3))));
            }
            if (SERIAL.matcher(text).matches()) {
                return Optional.of(SERIAL_ZERO.plusDays((long) Double.parseDouble(text)));
            }
            Matcher written =
                    WRITTEN.matcher(MONTH_FIRST.matcher(Words.fold(text)).replaceFirst("$2 $1"));
            if (written.matches()) {
                int month = month(written.group(2));
                return Optional.of(
                        LocalDate.of(Integer.parseInt(written.group(3)), month, Integer.parseInt(written.group(1))));
            }
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * Whether days are written as in the United States, 3/15/2025, as far as they tell: some have no month in the second
     * place, and none has its day in the first.
     */
    static boolean haveMonthFirst(Stream<String> texts) {
        List<Matcher> days =
                texts.map(DAY_FIRST::matcher).filter(Matcher::matches).toList();
        return days.stream().anyMatch(day -> Integer.parseInt(day.group(2)) > 12)
                && days.stream().noneMatch(day -> Integer.parseInt(day.group(1)) > 12);
    }

    /** Whether a day would be another one with the month first. */
    static boolean isAmbiguous(String text) {
        Matcher day = DAY_FIRST.matcher(text);
        return day.matches()
                && Integer.parseInt(day.group(1)) <= 12
                && Integer.parseInt(day.group(2)) <= 12
                && Integer.parseInt(day.group(1)) != Integer.parseInt(day.group(2));
    }

    /** 0, which no date accepts, where it is no month. */
    private static int month(String word) {
        String usual = word.replace("setiembre", "septiembre");
        for (int i = 0; i < Words.MONTHS.size(); i++) {
            if (Words.MONTHS.get(i).startsWith(usual)) {
                return i + 1;
            }
        }
        return 0;
    }
}
