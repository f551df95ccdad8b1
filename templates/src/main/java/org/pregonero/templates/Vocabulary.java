package org.pregonero.templates;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names that one piece of content uses, and where their values come from: the setting (known now) or the recipient
 * (known at each rendering). Filled while the content is compiled, read-only afterwards.
 */
final class Vocabulary {

    /** The recipient's own link to stop receiving messages; the layout shows it when it is there. */
    static final String UNSUBSCRIBE_LINK = "enlace_baja";

    /** The recipient's e-mail address, for the calendar invitation. */
    static final String ADDRESS = "correo";

    /** The beginning of the recipient's own addresses that count a click and lead on; a link's index completes them. */
    static final String TRACKING = "enlace_seguimiento";

    /** The recipient's own page where a notice is acknowledged. */
    static final String ACKNOWLEDGE_LINK = "enlace_enterado";

    /** Present when the message reminds of one that was sent before. */
    static final String REMINDER = "recordatorio";

    /** The place where a poster hangs. */
    static final String PLACE = "lugar";

    /**
     * A value that is shown when all of some names are present and all of others are not.
     *
     * @param present names of the sections around it
     * @param absent names of the inverted sections around it
     */
    private record Use(String name, Set<String> present, Set<String> absent) {}

    private final Words words;
    private final Map<String, String> fixed = new HashMap<>();
    private final boolean hasEvent;
    private final Set<Use> uses = new LinkedHashSet<>();
    private final Set<String> placeholders = new TreeSet<>();
    private final List<UrlTemplate> urls = new ArrayList<>();
    private final Map<Integer, String> links = new TreeMap<>();

    Vocabulary(Setting setting, Words words) {
        this.words = words;
        Identity identity = setting.identity();
        put("institucion.nombre", identity.name());
        put("institucion.correo", identity.email());
        put("institucion.sitio", identity.website());
        put("institucion.direccion", identity.postalAddress());
        PublicEvent event = setting.event();
        hasEvent = event != null;
        if (event != null) {
            EventWords dates = new EventWords(words);
            put("evento.nombre", event.name());
            put("evento.fecha", dates.date(event.start()));
            put("evento.hora", dates.hour(event.start()));
            put("evento.lugar", event.place());
            put("evento.enlace", event.link());
        }
    }

    private void put(String name, @Nullable String value) {
        fixed.put(name, value == null ? "" : value.strip());
    }

    /** Takes up the names of a field. */
    TemplateText learn(TemplateText text) {
        Deque<TemplateText.Open> around = new ArrayDeque<>();
        for (TemplateText.Token token : text.tokens()) {
            if (token instanceof TemplateText.Open open) {
                check(text.field(), open.line(), open.name());
                placeholder(open.name());
                around.push(open);
            } else if (token instanceof TemplateText.Close) {
                around.pop();
            } else if (token instanceof TemplateText.Variable variable) {
                check(text.field(), variable.line(), variable.name());
                placeholder(variable.name());
                use(text.field(), variable, around);
            }
        }
        return text;
    }

    private void use(String field, TemplateText.Variable variable, Iterable<TemplateText.Open> around) {
        Set<String> present = new TreeSet<>();
        Set<String> absent = new TreeSet<>();
        for (TemplateText.Open open : around) {
            (open.inverted() ? absent : present).add(open.name());
        }
        String name = variable.name();
        if (!reserved(name)) {
            uses.add(new Use(name, present, absent));
        } else if (fixed.getOrDefault(name, "").isEmpty() && !present.contains(name)) {
            throw words.invalidAt(field, variable.line(), "error.emptyReserved", name);
        }
    }

    private void placeholder(String name) {
        if (!reserved(name) && !name.equals(UNSUBSCRIBE_LINK) && !name.equals(TRACKING)) {
            placeholders.add(name);
        }
    }

    private void check(String field, int line, String name) {
        if (name.startsWith("evento.") && !hasEvent) {
            throw words.invalidAt(field, line, "error.noEvent", name);
        }
        if (reserved(name) && !fixed.containsKey(name)) {
            throw words.invalidAt(field, line, "error.unknownReserved", name);
        }
    }

    /** Takes up a name that the layout uses and no author wrote: not a placeholder, and nothing is rendered without it. */
    void require(String name) {
        uses.add(new Use(name, Set.of(), Set.of()));
    }

    private static boolean reserved(String name) {
        return name.startsWith("institucion.") || name.startsWith("evento.");
    }

    /** Remembers an address made of several parts and returns the name it is rendered by. */
    int add(UrlTemplate url) {
        int known = urls.indexOf(url);
        if (known >= 0) {
            return known;
        }
        urls.add(url);
        int index = urls.size() - 1;
        if (url.variables().allMatch(Vocabulary::reserved)) {
            String address = url.resolve(new Scope(this, Map.of()));
            if (address.regionMatches(true, 0, "http", 0, 4)) {
                links.put(index, address);
            }
        }
        return index;
    }

    UrlTemplate url(int index) {
        return urls.get(index);
    }

    /** Where links lead whose address is the same for every recipient, by index. Only these can be counted. */
    Map<Integer, String> links() {
        return Collections.unmodifiableMap(links);
    }

    Words words() {
        return words;
    }

    Set<String> placeholders() {
        return Collections.unmodifiableSet(placeholders);
    }

    Set<String> missing(Map<String, String> values) {
        Scope scope = new Scope(this, values);
        Set<String> missing = new TreeSet<>();
        for (Use use : uses) {
            if (!scope.has(use.name())
                    && use.present().stream().allMatch(scope::has)
                    && use.absent().stream().noneMatch(scope::has)) {
                missing.add(use.name());
            }
        }
        return missing;
    }

    /** @throws MissingValueException when something would be left empty */
    Scope scope(Map<String, String> values) {
        Set<String> missing = missing(values);
        if (!missing.isEmpty()) {
            throw new MissingValueException(missing);
        }
        return new Scope(this, values);
    }

    /** The value of a name, empty when there is none. What the setting says wins over what the recipient's data says. */
    String value(String name, Map<String, String> values) {
        String value = reserved(name) ? fixed.get(name) : values.get(name);
        return value == null || value.isBlank() ? "" : value;
    }
}
