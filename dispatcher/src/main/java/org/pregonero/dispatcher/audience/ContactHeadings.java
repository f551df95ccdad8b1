package org.pregonero.dispatcher.audience;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pregonero.dispatcher.tabular.Headings;
import org.pregonero.dispatcher.tabular.Table;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.Words;

/**
 * What the headings of a contact list mean. A word alone does not tell: "No autoriza" refuses, "Autoriza uso de imagen" asks
 * for something else, "Fecha de nacimiento" proves nothing. In doubt a column is kept as it is and means nothing.
 */
final class ContactHeadings {

    private static final Headings<ContactField> KNOWN = new Headings<>(
            ContactField.class,
            Arrays.stream(ContactField.values()).collect(Collectors.toMap(f -> f, ContactField::synonyms)));

    /** Longer ones are questions, in which "fecha" is a word among others. */
    private static final int LONGEST = 80;
    /** Longer ones are no headings, and a file made to do harm is full of them. */
    private static final int LONGEST_QUESTION = 1000;

    private static final Pattern CONSENT = Pattern.compile("autoriz|habeas|consentimiento|ley 1581"
            + "|\\bacept\\w* (\\w{1,3} |para |usted |nuestra |recibir |env[io]\\w+ |tratamiento |politicas? |aviso |terminos |condiciones )*"
            + "(datos|informacion|mensaj|comunicacion|correo|e ?mail|whatsapp|wpp|sms|boletin|contacta|notificacion|privacidad)"
            + "|\\bacept\\w* que .*\\b(l[aeo]s?|me|nos) (envi|contact|escrib)");
    /** Whether somebody accepts, but not what. */
    private static final Pattern ACCEPTS =
            Pattern.compile("(si )?(usted )?(acept[ao]|aceptacion|aceptad[ao](?= s))( usted)?"
                    + "( (de )?(l[ao]s? )?(terminos( y condiciones)?|condiciones|politicas?( de tratamiento)?))?"
                    + "( si no| si o no| s n| x| o no acept[ao])?");
    /** What is told of an authorisation besides the answer. */
    private static final Pattern ABOUT_CONSENT = Pattern.compile(
            "^(n|nº|nro|numero|codigo|evidencia|soporte|medio|canal|tipo|observacion(es)?"
                    + "|link|enlace|archivo|pdf|formato|folio|radicado|consecutivo|version|copia|nombre|cargo) |^no de "
                    + "|\\bautorizad[ao]s? por\\b|\\b(quien|persona que) autoriza"
                    + "|^(se )?(pendiente|falta|solicit(ar|o|ud|ada))\\b|\\b(autorizacion|consentimiento) (pendiente|solicitad[ao])\\b");

    private static final Pattern SOMETHING_ELSE = Pattern.compile(
            "\\b(imagen|foto|video|audiovisual|grabacion|voz\\b|descuento|ingreso|visita|salida|transporte"
                    + "|vacuna|riesgo|antecedentes|veridic|veraz|veraces|ciert|contrato|comparendo)");
    /** Whoever answers for them does not answer for themselves. */
    private static final Pattern CHILDREN = Pattern.compile("\\b(menor|(nin|hij)[oa]s?\\b|acudiente)");

    private static final Pattern DATA =
            Pattern.compile("\\bdatos\\b(?! abiertos)(?!( \\w+){0,3} (son|es) (veridic|veraz|veraces|ciert))");
    /** What rules the use of the data is named in questions about anything. */
    private static final Pattern RULES = Pattern.compile("\\b(segun|conforme|ley|politicas?|proteccion)\\b.*");
    /** "¿Autoriza …? Si no autoriza, …" still asks, and so does what may be revoked or is one of two. */
    private static final Pattern ASKS = Pattern.compile("(?<!\\bno )\\b(autoriz[ao]s?|acept[ao]s?)\\b"
            + "|\\b(autorizacion|consentimiento)\\b.*\\b(pued|podr)\\w*( \\w+){0,4} (revoc|retir|cancel|anul)"
            + "|(?<!\\bno )\\b(vigente|(otorg|firm|recib|entreg|autoriz|aprob)[ai]d[ao])( o)?"
            + " (no|(revoc|retir|rechaz|neg|deneg|cancel|anul)ad[ao]|vencid[ao])\\b|\\bcon( o)? sin\\b");

    private static final Pattern DENIES = Pattern.compile(
            "\\bno (autoriz|acept|dese|quier|consient|otorg|vigente|firm|recib|diligenc|entreg)"
                    + "|\\bretir(o|a|ad[ao]s?)\\b|\\brevoc(o|a|ad[ao]s?|atoria|acion)\\b"
                    + "|\\b(niega|nego|negacion)\\b|\\b(negad|deneg|rechaz|cancel|anul|vencid)|\\bsin (autoriz|consent|firm)");
    /** What denies without a word of authorisation. That somebody was "no contactado" is how a call went. */
    private static final Pattern OPTS_OUT = Pattern.compile(
            "\\bno (dese\\w+ |quier\\w+ )?(ser )?(recibir|contactar|enviar|escribir|llamar|molestar)\\b"
                    + "|\\bno (dese\\w+ |quier\\w+ |ser )+contactad[ao]s?\\b|^no acept[ao]( (los )?terminos\\b.*)?$|^acept[ao] no$"
                    + "|\\bno (dese|quier)\\w* (mas )?(correo|mensaj|informacion|whatsapp|llamad|sms|comunicacion)"
                    + "|\\bno (me |nos )?contact(en|arme|arnos)\\b|\\bdo not contact\\b|^rechaz(a|o|ad[ao])$"
                    + "|\\bdesuscri(to|ta|bio|pcion)\\b|\\bcancelo (la |su )?suscripcion\\b"
                    + "|\\brevoc(o|a|ad[ao]s?|atoria|acion)\\b|\\b(dio|dad[oa]s?) de baja\\b|\\bopt out\\b|\\bunsubscribed?\\b");

    private static final Pattern ENDS =
            Pattern.compile("vencim|vigencia|expira|caduc|\\bfin(al\\w*)?\\b|\\bhasta\\b|\\bsolicit");
    /** The day the list or its form was filled in, and how days are written in it. */
    private static final Pattern DAY = Pattern.compile(
            "(fecha|marca temporal|timestamp)( (fecha|de|del|la|el|y|hora|dd?|mm?|aa(aa)?|yy(yy)?|dia|mes|ano"
                    + "|registro|inscripcion|diligenciamiento|formulario|aceptacion|firma|suscripcion))*");

    /** These say what the column holds, whatever is said of whose it is. */
    private static final Pattern FIRST =
            Pattern.compile("^(?<what>correos?|e ?mails?|celular(es)?|cel|telefonos?|tel|movil|whatsapp|cargo)\\b");
    /** Not an answer but the address that may be used. */
    private static final Pattern AUTHORISED_ADDRESS = Pattern.compile(
            "^(correos?|e ?mails?|celular|telefono|whatsapp)\\b(?!.*\\b(no|s n)\\b).* autorizad[ao]s?\\b");

    private static final Pattern KIND = Pattern.compile("^tipo\\b|\\b(type|label|etiqueta)$");
    private static final Pattern ABOUT_ADDRESS = Pattern.compile(
            "\\b(tipo|mostrar|display|operador)\\b|^(usted )?(tiene|usa|posee|cuenta con|desea|quiere|grupo)\\b");
    private static final Pattern NAME_OF =
            Pattern.compile("nombres?( completo)?( y apellidos?)?( (de la|de los|de las|del|de))? (?<whose>\\w+).*");
    /** "Nombre / Entidad" is the one or the other. */
    private static final Pattern NAME_OR = Pattern.compile("(?i)\\s*nombres? ?/.*");

    private static final Pattern ORGANISATIONS =
            Pattern.compile("jac|jal|asojuntas|junta|fundacion|corporacion|cooperativa|veeduria|colegio|establecimiento"
                    + "|emprendimiento|negocio|comite|gremio|sindicato|iglesia|medio|emisora|canal|periodico|secretaria"
                    + "|area|sede|resguardo|cabildo");
    private static final Pattern NO_PERSON =
            Pattern.compile("usuario|evento|actividad|proyecto|programa|curso|taller|obra|contrato|predio|finca"
                    + "|vereda|barrio|comuna|corregimiento|localidad|zona|sector|municipio|grupo|archivo|mascota"
                    + "|menor|hij[oa]s?|padre|madre|acudiente");

    private ContactHeadings() {}

    /** The heading row. One known word below rows of data is a word among them. */
    static Optional<Headings.Found<ContactField>> find(Table table, Predicate<TableRow> isData) {
        return KNOWN.find(table, isData)
                .filter(found -> Set.copyOf(found.fieldByColumn().values()).size() > 1
                        || table.rows().subList(0, found.index()).stream()
                                .noneMatch(row -> row.filled() > 1 && isData.test(row)));
    }

    /** Index of the row with "SI" beside "NO", below the heading or the heading itself; -1 where there is none. */
    static int answersBelow(Table table, int heading) {
        for (int index = Math.min(heading + 1, table.rows().size() - 1); index >= heading; index--) {
            TableRow row = table.rows().get(index);
            long answers = IntStream.range(0, row.width())
                    .filter(column -> answer(row, column) != Answer.NONE)
                    .count();
            if (answers > 0 && (index == heading || answers == row.filled())) {
                return index;
            }
        }
        return -1;
    }

    /** A column's heading; where it answers a question for authorisation, the answer and the question, as "No: Autoriza". */
    static String text(Table table, int heading, int answers, int column) {
        String text = table.rows().get(heading).cell(column);
        Answer answer = answers < 0 ? Answer.NONE : answer(table.rows().get(answers), column);
        if (answer != Answer.NONE) {
            int asking = answers == heading ? heading - 1 : heading;
            String question = asking < 0 ? "" : above(table.rows().get(asking), column);
            if (!asks(question) && Words.fold(text).equals("no")) {
                question = table.rows().get(heading).cell(Math.max(0, column - 1));
            }
            text = asks(question) ? (answer == Answer.NO ? "No: " : "Sí: ") + question : text;
        }
        return text.replace('\n', ' ');
    }

    private static boolean asks(String question) {
        return field(question).equals(Optional.of(ContactField.AUTHORISATION)) || asksToAcceptAnything(question);
    }

    /** The cell of a column, or the one it was merged with. */
    private static String above(TableRow row, int column) {
        int at = column;
        while (at > 0 && row.cell(at).isEmpty()) {
            at--;
        }
        return row.cell(at);
    }

    /** A yes beside a no, and the no: alone, "No." numbers the rows. */
    private static Answer answer(TableRow row, int column) {
        Answer own = word(row, column);
        Answer other = own == Answer.YES ? Answer.NO : Answer.YES;
        return word(row, column - 1) == other || word(row, column + 1) == other ? own : Answer.NONE;
    }

    private static Answer word(TableRow row, int column) {
        return column >= 0 && row.cell(column).length() > 1 ? Answer.of(row.cell(column)) : Answer.NONE;
    }

    /** What a heading means; nothing where its column is kept as it is. */
    static Optional<ContactField> field(String heading) {
        if (heading.length() > LONGEST_QUESTION) {
            return Optional.empty();
        }
        String words = Words.fold(heading);
        Optional<ContactField> known = KNOWN.field(heading);
        if (AUTHORISED_ADDRESS.matcher(words).find()) {
            return ofFirstWord(words);
        }
        if (CONSENT.matcher(words).find() || known.equals(Optional.of(ContactField.AUTHORISATION))) {
            return consent(words);
        }
        boolean acceptsNothing = words.startsWith("no ") && asksToAcceptAnything(words.substring("no ".length()));
        if (acceptsNothing || OPTS_OUT.matcher(words).find()) {
            return Optional.of(ContactField.REFUSAL);
        }
        if (known.isEmpty() || isExact(words, known.get())) {
            return known;
        }
        if (words.contains("fecha") || known.get() == ContactField.AUTHORISED_ON) {
            return DAY.matcher(words).matches() ? Optional.of(ContactField.AUTHORISED_ON) : Optional.empty();
        }
        if (words.startsWith("canal") || words.startsWith("medio")) {
            return Optional.of(ContactField.PREFERRED_CHANNEL);
        }
        if (words.startsWith("acept")
                || (known.get() != ContactField.GROUP && KIND.matcher(words).find())) {
            return Optional.empty();
        }
        if (NAME_OR.matcher(heading).matches()) {
            return Optional.of(ContactField.NAME);
        }
        Matcher nameOf = NAME_OF.matcher(words);
        if (nameOf.matches()) {
            return name(nameOf.group("whose"), known);
        }
        Optional<ContactField> field = ofFirstWord(words).or(() -> known);
        boolean address =
                field.equals(Optional.of(ContactField.EMAIL)) || field.equals(Optional.of(ContactField.PHONE));
        return address && ABOUT_ADDRESS.matcher(words).find() ? Optional.empty() : field;
    }

    private static Optional<ContactField> ofFirstWord(String words) {
        Matcher first = FIRST.matcher(words);
        return first.find() ? KNOWN.field(first.group("what")) : Optional.empty();
    }

    /** Whether a heading says of a date that it is the authorisation's. */
    static boolean speaksOfConsent(String heading) {
        return CONSENT.matcher(Words.fold(heading)).find();
    }

    /** Whether a heading asks if somebody accepts and does not say what: a yes to it authorises nothing. */
    static boolean asksToAcceptAnything(String heading) {
        return heading.length() <= LONGEST
                && ACCEPTS.matcher(Words.fold(heading)).matches();
    }

    /** How well a heading fits a person's name, the best first. */
    static int rankAsName(String heading) {
        String words = Words.fold(heading);
        return (words.contains("nombre") ? 0 : 2) + (isExact(words, ContactField.NAME) ? 0 : 1);
    }

    /** "Segundo nombre" goes with the first one. */
    static boolean isSecondName(String heading) {
        return Words.fold(heading).matches("segundo nombre|otros nombres|middle name");
    }

    private static boolean isExact(String words, ContactField field) {
        return field.synonyms().contains(words);
    }

    private static Optional<ContactField> consent(String words) {
        boolean somethingElse = SOMETHING_ELSE.matcher(words).find()
                && !DATA.matcher(RULES.matcher(words).replaceFirst("")).find();
        if (somethingElse
                || CHILDREN.matcher(words).find()
                || ABOUT_CONSENT.matcher(words).find()) {
            return Optional.empty();
        }
        boolean no = words.startsWith("no ")
                || (words.endsWith(" no") && !words.matches(".*\\bsi?\\b.*"))
                || (!ASKS.matcher(words).find() && DENIES.matcher(words).find());
        if (no) {
            return Optional.of(ContactField.REFUSAL);
        }
        if (words.contains("fecha") && words.length() <= LONGEST) {
            return ENDS.matcher(words).find() ? Optional.empty() : Optional.of(ContactField.AUTHORISED_ON);
        }
        return Optional.of(ContactField.AUTHORISATION);
    }

    /** "Nombre de la JAC" names no person, "Nombre del presidente de la JAC" does. */
    private static Optional<ContactField> name(String whose, Optional<ContactField> known) {
        if (KNOWN.field(whose).equals(Optional.of(ContactField.ORGANISATION))
                || ORGANISATIONS.matcher(whose).matches()) {
            return Optional.of(ContactField.ORGANISATION);
        }
        if (NO_PERSON.matcher(whose).matches()) {
            return known.filter(field -> field != ContactField.NAME);
        }
        return Optional.of(ContactField.NAME);
    }
}
