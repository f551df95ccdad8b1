package org.pregonero.dispatcher.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pregonero.dispatcher.tabular.Words;

/** The words plan tables of public institutions are made of: who is addressed, who answers for it, how often. */
final class PlanWording {

    /** As domain words, plural where the singular is used for other things ("servicio al ciudadano"). */
    private static final List<String> AUDIENCES = List.of(
            "ciudadanía",
            "ciudadanos",
            "comunidad",
            "funcionarios",
            "contratistas",
            "colaboradores",
            "servidores públicos",
            "equipo líder",
            "directivos",
            "junta directiva",
            "consejo directivo",
            "líderes sociales",
            "asociaciones comunales",
            "organizaciones sociales",
            "emprendedores",
            "empresarios",
            "sector empresarial",
            "gremios",
            "cámara de comercio",
            "comité intergremial",
            "comunidad universitaria",
            "entes de control",
            "entidades de control",
            "organismos de control",
            "concejo municipal",
            "medios de comunicación",
            "periodistas",
            "proveedores",
            "veedurías",
            "población vulnerable",
            "adultos mayores",
            "niños",
            "jóvenes",
            "mujeres");

    private static final Set<String> EXTERNAL = Set.of("ciudadania", "ciudadanos", "comunidad");
    private static final Set<String> ROLES = Set.of(
            "jefe",
            "jefa",
            "ingeniero",
            "ingeniera",
            "contratista",
            "profesional",
            "director",
            "directora",
            "coordinador",
            "coordinadora",
            "asesor",
            "asesora",
            "tecnico",
            "tecnica",
            "lider",
            "secretario",
            "gerente",
            "subgerente",
            "secretaria",
            "direccion",
            "oficina",
            "subdireccion");
    private static final Set<String> SCOPES = Set.of(
            "interno", "externo", "interna", "externa", "interno y externo", "externo e interno", "interna y externa");
    private static final Pattern LINE = Pattern.compile("\\s*\\n\\s*");
    private static final Set<String> NOBODY = Set.of("", "n a", "na", "no aplica");
    private static final Pattern BETWEEN_RESPONSIBLE =
            Pattern.compile("\\s*[;\\n]\\s*|\\s+[-–—]\\s+|\\s*(?<!\\by)/(?!o\\b)\\s*");
    private static final Pattern UNFINISHED = Pattern.compile(".*\\b(de|del|la|las|los|el|y|e|a|para|en|con)$");
    private static final Pattern HAS_DATE = Pattern.compile(".*\\b(\\d{1,2}|\\d{4})\\b.*");

    private static final Pattern MONTH_OF_YEAR =
            Pattern.compile("(" + String.join("|", Words.MONTHS) + ")( de| del)? \\d{4}");

    private static final Pattern MARK = Pattern.compile("[xX✓✔☑✗✘■●•]");
    private static final Pattern MONTH = Pattern.compile("(\\p{L}{3,})((?: del?)? (?:20)?(\\d\\d))?");
    private static final Pattern PERIOD = Pattern.compile(
            "(\\d{1,2}|[ivx]{1,4}|primer|segundo|tercer|cuarto)\\S{0,2} "
                    + "(sem|bim|trim|cuatrim|mes)\\S*|(semana|sem|mes|bim|trim|semestre|bimestre|trimestre|[qts]) ?(\\d{1,2}|[ivx]{1,4})");
    private static final Pattern ACTION =
            Pattern.compile("\\b(nombre|actividad|actividades|accion|acciones|action|activity)\\b");
    private static final Pattern AUDIENCES_HEADING =
            Pattern.compile("publicos?( objetivos?| de interes)?|poblacion objetivo|grupos de (interes|valor)");

    private PlanWording() {}

    /** Several audiences in one cell. An "y" separates only what is an audience on both sides. */
    static List<String> audiences(String cell) {
        List<String> result = new ArrayList<>();
        for (String part : Words.listed(cell)) {
            List<String> pair = Arrays.asList(part.split(" y ", -1));
            boolean bothKnown = pair.size() == 2 && pair.stream().allMatch(PlanWording::isAudience);
            for (String name : bothKnown ? pair : List.of(part)) {
                if (!NOBODY.contains(Words.fold(name))) {
                    result.add(capitalised(name.strip()));
                }
            }
        }
        return result;
    }

    /** Several people or offices in one cell; a line that ends in the middle of a name goes on in the next one. */
    static List<String> responsible(String cell) {
        StringBuilder joined = new StringBuilder();
        for (String line : LINE.split(cell, -1)) {
            boolean goesOn = !joined.isEmpty()
                    && (UNFINISHED.matcher(joined).matches()
                            || (!line.isEmpty() && Character.isLowerCase(line.charAt(0))));
            joined.append(joined.isEmpty() ? "" : goesOn ? " " : "\n").append(line);
        }
        return Stream.of(BETWEEN_RESPONSIBLE.split(joined, -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The roles that seem to stand in one name without anything between them; one or none where all is well. */
    static List<String> rolesIn(String name) {
        List<String> roles = new ArrayList<>();
        StringBuilder role = new StringBuilder();
        String before = "";
        for (String word : name.split("\\s+", -1)) {
            boolean starts = ROLES.contains(Words.fold(word)) && Character.isUpperCase(word.charAt(0));
            if (starts && !role.isEmpty() && !UNFINISHED.matcher(before).matches()) {
                roles.add(role.toString());
                role.setLength(0);
            }
            role.append(role.isEmpty() ? "" : " ").append(word);
            before = word;
        }
        roles.add(role.toString());
        return roles;
    }

    /** "Profesional" alone does not say whose. */
    static boolean isBareRole(String name) {
        return ROLES.contains(Words.fold(name));
    }

    static boolean isScope(String scope) {
        return SCOPES.contains(Words.fold(scope));
    }

    static boolean onlyInternal(String scope) {
        String words = Words.fold(scope);
        return words.equals("interno") || words.equals("interna");
    }

    static boolean addressesOutsiders(List<String> audiences) {
        return audiences.stream().anyMatch(name -> EXTERNAL.contains(Words.fold(name)));
    }

    /** The audiences a text names beyond those given. */
    static List<String> namedBeyond(String text, List<String> audiences) {
        String words = " " + Words.fold(text) + " ";
        String given = " " + Words.fold(String.join(" ", audiences)) + " ";
        Set<String> named = new LinkedHashSet<>();
        for (String audience : AUDIENCES) {
            String key = " " + Words.fold(audience) + " ";
            if (words.contains(key) && !given.contains(key)) {
                named.add(audience);
            }
        }
        return List.copyOf(named);
    }

    /** The audiences given that a text, which does name some, passes over. */
    static List<String> passedOver(String text, List<String> audiences) {
        if (namedBeyond(text, List.of()).isEmpty()) {
            return List.of();
        }
        String words = " " + Words.fold(text) + " ";
        return audiences.stream()
                .filter(audience -> !words.contains(" " + Words.fold(audience) + " "))
                .toList();
    }

    /** "Previo a la audiencia": says when only to somebody who knows the date of something else. */
    static boolean dependsOnSomethingElse(String frequency) {
        String words = Words.fold(frequency);
        boolean relative = Stream.of("previo", "previa", "antes", "durante", "despues", "posterior")
                .anyMatch(word -> (" " + words + " ").contains(" " + word + " "));
        return relative && !HAS_DATE.matcher(words).matches();
    }

    /** The month or the part of a year that a heading stands for ("Ene", "II Trim"); nothing for any other. */
    static String period(String heading) {
        String words = Words.fold(heading);
        Matcher parts = MONTH.matcher(words);
        if (parts.matches()) {
            for (String month : Words.MONTHS) {
                if (month.startsWith(parts.group(1))) {
                    return parts.group(2) == null ? month : month + " 20" + parts.group(3);
                }
            }
        }
        return PERIOD.matcher(words).matches() ? heading : "";
    }

    /** An "X" below "Marzo": something that says only what stands above it. */
    static boolean isMark(String cell) {
        return MARK.matcher(cell).matches();
    }

    /** Of the headings for an action, those that mean what is done, not the medium or the strategy it belongs to. */
    static boolean namesAction(String heading) {
        return ACTION.matcher(Words.fold(heading)).find();
    }

    /** "Marzo", or "marzo, junio". */
    static boolean isOnlyAMonth(String frequency) {
        return Stream.of(Words.fold(frequency).split(" ", -1)).allMatch(Words.MONTHS::contains);
    }

    /** "Marzo 2023": a month of a year, but no day. */
    static boolean isMonthOfAYear(String frequency) {
        return MONTH_OF_YEAR.matcher(Words.fold(frequency)).matches();
    }

    /** "Públicos objetivos": a heading above audiences. */
    static boolean namesAudiences(String heading) {
        return AUDIENCES_HEADING.matcher(Words.fold(heading)).matches();
    }

    private static boolean isAudience(String name) {
        String key = Words.fold(name);
        return AUDIENCES.stream().anyMatch(audience -> Words.fold(audience).equals(key));
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.forLanguageTag("es")) + name.substring(1);
    }
}
