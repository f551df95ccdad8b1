package org.pregonero.dispatcher.audience;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.tabular.Notice;
import org.springframework.stereotype.Component;

/** Reads telephone numbers out of a cell, as written in Colombia, to E.164. Only those that take WhatsApp or SMS count. */
@Component
class PhoneNumbers {

    private static final String REGION = "CO";
    private static final Pattern BETWEEN = Pattern.compile("\\s*(:::|[;,|/\\n])\\s*|\\s+[-–yo]\\s+");
    private static final Pattern LABEL =
            Pattern.compile("(?i)^(cel(ular)?|tel([eé]fono)?|m[oó]vil|whats ?app|wpp)\\s*[.:]?\\s*(?=[+(0-9])");
    private static final Pattern SIGNS = Pattern.compile("[+(0-9][0-9 ().+\\-–/]*");
    /** What a spreadsheet leaves of a long number in a narrow column: the last digits are mostly gone. */
    private static final Pattern SCIENTIFIC = Pattern.compile("\\d([.,]\\d+)?[eE]\\+?\\d{1,2}");

    private static final Pattern DECIMALS = Pattern.compile("^(\\d{10,})[.,]0+$");
    /** Until 2021 a mobile was called with 03 from a landline (CRC resolution 5826/2019). */
    private static final Pattern OLD_PREFIX = Pattern.compile("03(3\\d{9})");

    private static final Set<PhoneNumberType> MOBILE =
            EnumSet.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

    ReadAddresses read(String cell) {
        ReadAddresses found = ReadAddresses.none();
        if (cell.isEmpty()) {
            return found;
        }
        List<String> parts = Arrays.asList(BETWEEN.split(cell, -1));
        boolean several =
                parts.size() > 1 && parts.stream().allMatch(part -> digits(part).length() >= 7);
        for (String part : several ? parts : List.of(cell)) {
            readOne(part, found);
        }
        return found;
    }

    private void readOne(String text, ReadAddresses found) {
        String bare =
                LABEL.matcher(text.startsWith("'") ? text.substring(1) : text).replaceFirst("");
        if (SCIENTIFIC.matcher(bare).matches()) {
            BigDecimal number = new BigDecimal(bare.replace(',', '.'));
            if (number.scale() != 0) {
                found.invalid().add(new ReadAddresses.Invalid(text, Notice.of("phone-rounded")));
                return;
            }
            bare = number.toPlainString();
        }
        bare = DECIMALS.matcher(bare).replaceFirst("$1");
        if (!SIGNS.matcher(bare).matches()) {
            found.invalid().add(new ReadAddresses.Invalid(text, Notice.of("phone-not-a-number")));
            return;
        }
        try {
            PhoneNumber number = numbers.parse(international(bare), REGION);
            if (!numbers.isValidNumber(number)) {
                found.invalid().add(new ReadAddresses.Invalid(text, Notice.of("phone-invalid")));
            } else if (!MOBILE.contains(numbers.getNumberType(number))) {
                found.invalid().add(new ReadAddresses.Invalid(text, Notice.of("phone-landline")));
            } else {
                String e164 = numbers.format(number, PhoneNumberFormat.E164);
                if (!found.valid().contains(e164)) {
                    found.valid().add(e164);
                }
            }
        } catch (NumberParseException e) {
            found.invalid().add(new ReadAddresses.Invalid(text, Notice.of("phone-invalid")));
        }
    }

    private static String international(String text) {
        String digits = digits(text);
        if (text.indexOf('+') >= 0) {
            return "+" + digits;
        }
        if (digits.startsWith("00")) {
            return "+" + digits.substring(2);
        }
        if (digits.length() == 12 && digits.startsWith("573")) {
            return "+" + digits;
        }
        return OLD_PREFIX.matcher(digits).replaceFirst("$1");
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }
}
