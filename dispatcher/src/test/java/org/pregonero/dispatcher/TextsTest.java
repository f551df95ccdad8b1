package org.pregonero.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.message.Refusal;

/** Whatever people read is in the bundles, in both languages. */
class TextsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    /** A whole key; one that is put together while the page is written ends in a dot. */
    private static final Pattern KEY = Pattern.compile("#\\{([a-zA-Z][\\w.-]*[\\w])[}(]");
    /** An element, its attributes, and the words that follow its tag. */
    private static final Pattern ELEMENT =
            Pattern.compile("<(\\w[\\w:-]*)((?:\\s+[\\w:-]+(?:=\"[^\"]*\")?)*)\\s*/?>([^<]*\\p{L}{2}[^<]*)<");

    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d");
    /** What a message format takes for an apostrophe, or for braces that are no argument. */
    private static final Pattern QUOTED = Pattern.compile("''|'[{}]+'");

    private static final Pattern REPLACES_WORDS = Pattern.compile("th:(text|utext|errors|replace|insert)=");

    @Test
    void everyTextIsThereInBothLanguages() throws IOException {
        var keys = new TreeMap<String, Map<String, String>>();
        for (var bundle : bundles()) {
            keys.put(bundle, texts(bundle + "_en.properties"));
            assertThat(keys.get(bundle).keySet())
                    .as(bundle)
                    .containsExactlyInAnyOrderElementsOf(
                            texts(bundle + ".properties").keySet());
        }
        assertThat(keys).isNotEmpty();
    }

    /** An apostrophe is doubled where arguments are filled in, and only there. */
    @Test
    void everyApostropheIsShown() throws IOException {
        var wrong = new TreeSet<String>();
        for (var bundle : bundles()) {
            for (var file : List.of(bundle + ".properties", bundle + "_en.properties")) {
                texts(file).forEach((key, text) -> {
                    boolean filledIn = ARGUMENT.matcher(text).find();
                    if (filledIn ? QUOTED.matcher(text).replaceAll("").contains("'") : text.contains("''")) {
                        wrong.add(file + ": " + key);
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyKeyOfATemplateHasAText() throws IOException {
        var known = new TreeSet<String>();
        for (var bundle : bundles()) {
            known.addAll(texts(bundle + ".properties").keySet());
        }
        var missing = new TreeSet<String>();
        try (var files = Files.walk(RESOURCES.resolve("templates"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".html")).toList()) {
                var keys = KEY.matcher(Files.readString(file));
                while (keys.find()) {
                    if (!known.contains(keys.group(1))) {
                        missing.add(file.getFileName() + ": " + keys.group(1));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRefusalHasAText() throws IOException {
        assertThat(texts("refusal.properties").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Refusal.values()).map(Refusal::name).toList());
    }

    @Test
    void noTemplateHasWordsOfItsOwn() throws IOException {
        var bare = new TreeSet<String>();
        try (var files = Files.walk(RESOURCES.resolve("templates"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".html")).toList()) {
                var elements = ELEMENT.matcher(Files.readString(file).replaceAll("(?s)<!--.*?-->", ""));
                while (elements.find()) {
                    if (!REPLACES_WORDS.matcher(elements.group(2)).find()) {
                        bare.add(file.getFileName() + ": " + elements.group(3).strip());
                    }
                }
            }
        }
        assertThat(bare).isEmpty();
    }

    private static List<String> bundles() throws IOException {
        try (var files = Files.list(RESOURCES.resolve("messages"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.contains("_"))
                    .map(name -> name.replace(".properties", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> texts(String file) throws IOException {
        var properties = new Properties();
        try (Reader reader =
                Files.newBufferedReader(RESOURCES.resolve("messages").resolve(file))) {
            properties.load(reader);
        }
        return properties.entrySet().stream()
                .collect(Collectors.toMap(entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
    }
}
