package org.pregonero.dispatcher.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/** Reads the forms of a page as a browser does. */
public final class PageForms {

    private PageForms() {}

    /** What would be sent if the page's forms were submitted as they are, all of them together, but for the token. */
    public static Map<String, String> fields(String page) {
        Map<String, String> fields = new HashMap<>();
        results(page, "<input[^>]* name=\"([^\"]+)\"[^>]*>").forEach(input -> {
            var value = Pattern.compile("value=\"([^\"]*)\"").matcher(input.group());
            boolean unchecked = input.group().contains("type=\"checkbox\"")
                    && !input.group().contains("checked=\"checked\"");
            if (!unchecked) {
                fields.put(input.group(1), value.find() ? text(value.group(1)) : "");
            }
        });
        results(page, "<textarea[^>]* name=\"([^\"]+)\"[^>]*>([^<]*)</textarea>")
                .forEach(area -> fields.put(area.group(1), text(area.group(2))));
        results(page, "(?s)<select[^>]* name=\"([^\"]+)\"[^>]*>(.*?)</select>").forEach(select -> {
            var chosen = Pattern.compile("value=\"([^\"]*)\" selected").matcher(select.group(2));
            var first = Pattern.compile("value=\"([^\"]*)\"").matcher(select.group(2));
            fields.put(select.group(1), chosen.find() ? chosen.group(1) : first.find() ? first.group(1) : "");
        });
        fields.remove("_csrf");
        return fields;
    }

    private static Stream<MatchResult> results(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results();
    }

    private static String text(String html) {
        return HtmlUtils.htmlUnescape(html);
    }
}
