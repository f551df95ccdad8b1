package org.pregonero.dispatcher.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.Reason;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Whatever may keep a delivery from arriving is said in words, with what to do about it. */
class WordingTest {

    /** Where code and database give a reason of their own: {@code then 'NO_ADDRESS'}, {@code reason_code = 'OPTED_OUT'}, … */
    private static final Pattern IN_SQL = Pattern.compile("(?:then|reason_code =|reason_code,) '([A-Z]+(?:_[A-Z]+)+)'");

    private static final Pattern IN_JAVA =
            Pattern.compile("\"([A-Z]+_BY_PERSON|USELESS_NOW|NOT_DONE|OPTED_OUT|CHANNEL_NOT_CONFIGURED)\"");

    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

    WordingTest() {
        messages.setBasename("messages/delivery");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
    }

    @Test
    void everyReasonHasWordsAndARemedyInBothLanguages() {
        var codes = new TreeSet<String>();
        Arrays.stream(Reason.Code.values()).map(Enum::name).forEach(codes::add);
        codes.addAll(reasonsInTheSources());
        assertThat(codes)
                .contains("NO_ADDRESS", "DUPLICATE_ADDRESS", "MISSING_VALUE", "USELESS_NOW", "SETTLED_BY_PERSON");

        var wording = new Wording(messages);
        for (var locale : new Locale[] {Locale.forLanguageTag("es-CO"), Locale.ENGLISH}) {
            for (var code : codes) {
                assertThat(wording.reason(code, locale))
                        .as("%s in %s", code, locale)
                        .isNotEqualTo(code);
                assertThat(wording.remedy(code, locale))
                        .as("what to do about %s in %s", code, locale)
                        .isNotBlank();
            }
            for (var state : DeliveryState.values()) {
                assertThat(wording.state(state, locale)).isNotBlank();
            }
        }
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        assertThat(ResourceBundle.getBundle("messages/delivery_en").keySet())
                .isEqualTo(ResourceBundle.getBundle("messages/delivery", Locale.ROOT)
                        .keySet());
    }

    private static Set<String> reasonsInTheSources() {
        var found = new TreeSet<String>();
        for (var root :
                new String[] {"src/main/java/org/pregonero/dispatcher/delivery", "src/main/resources/db/migration"}) {
            try (var files = Files.walk(Path.of(root))) {
                files.filter(Files::isRegularFile).forEach(file -> {
                    var text = text(file);
                    for (var pattern : new Pattern[] {IN_SQL, IN_JAVA}) {
                        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        // states of readers and of tasks, which the same words of SQL give
        found.removeAll(Set.of("NOT_YET", "NOT_REACHED", "IN_DOUBT"));
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
