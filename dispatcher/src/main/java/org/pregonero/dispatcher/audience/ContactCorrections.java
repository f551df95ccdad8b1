package org.pregonero.dispatcher.audience;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person says the columns of a list mean.
 *
 * @param columns by index from 0: the name of a {@link ContactField}, {@value #ATTRIBUTE} or {@value #IGNORED}; empty
 *     leaves what the headings say
 */
public record ContactCorrections(Map<Integer, String> columns) {

    /** Kept with the person under its heading. */
    public static final String ATTRIBUTE = "ATTRIBUTE";

    public static final String IGNORED = "IGNORED";

    public static final ContactCorrections NONE = new ContactCorrections(Map.of());

    private static final Pattern KNOWN = Pattern.compile("column-\\d{1,3}|evidence|authorised-on|staff");
    private static final int LONGEST = 500;

    /** The fields of a form that say something about a list, and nothing else a request may bring. */
    public static Map<String, String> known(Map<String, String> form) {
        return form.entrySet().stream()
                .filter(field -> KNOWN.matcher(field.getKey()).matches())
                .filter(field -> field.getValue().length() <= LONGEST)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static ContactCorrections of(Map<String, String> form) {
        Map<Integer, String> columns = new HashMap<>();
        known(form).forEach((key, value) -> {
            if (key.startsWith("column-")) {
                columns.put(Integer.parseInt(key.substring("column-".length())), value);
            }
        });
        return new ContactCorrections(columns);
    }
}
