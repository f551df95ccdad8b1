package org.pregonero.dispatcher.delivery.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Writes numbers as the reader's language does. Used by the pages' templates. */
@Component("figures")
public class Figures {

    /** "1.234"; an unknown number is a dash. */
    public String count(@Nullable Number number) {
        return number == null
                ? "–"
                : NumberFormat.getIntegerInstance(LocaleContextHolder.getLocale())
                        .format(number);
    }

    /** "71,0 %", rounded half up; of nothing there is no share. */
    public String percent(@Nullable Number part, @Nullable Number whole) {
        if (part == null || whole == null || whole.longValue() == 0) {
            return "–";
        }
        var share = BigDecimal.valueOf(part.longValue())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole.longValue()), 1, RoundingMode.HALF_UP);
        return decimal(share) + "\u00a0%";
    }

    /** With one decimal. */
    public String decimal(Number number) {
        var format = NumberFormat.getNumberInstance(LocaleContextHolder.getLocale());
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        return format.format(number);
    }

    /** "1 h 20 min", rounded up to minutes. */
    public String minutes(Duration duration) {
        var minutes = (duration.toSeconds() + 59) / 60;
        return minutes < 60 ? minutes + "\u00a0min" : minutes / 60 + "\u00a0h " + minutes % 60 + "\u00a0min";
    }
}
