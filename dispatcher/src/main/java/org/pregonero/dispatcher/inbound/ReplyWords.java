package org.pregonero.dispatcher.inbound;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pregonero.dispatcher.tabular.Words;

/**
 * Spanish as it is typed on a telephone, brought to one spelling: no accents, no stretched letters, no abbreviations, no
 * greetings, and the usual misspellings of the words that matter put right.
 */
final class ReplyWords {

    /** From this length on, a word that is one keystroke away from a known one is taken for it. */
    private static final int LONG_ENOUGH_TO_BE_GUESSED = 7;

    private static final Pattern REPEATED = Pattern.compile("(\\p{L})\\1{2,}|([^rlceno\\P{L}])\\2+");

    private static final Map<String, String> SPELLINGS = spellings("""
            baja: vaja bja bajas bajaa baha
            stop: estop stopp stpo alto
            que: q k ke
            quiero: kiero qiero quero
            deseo: deceo dese
            mas: +
            mensajes: msj msjs mjs mns msn mensaje mjes sms textos
            correos: correo emails email mails mail
            recibir: resivir recivir resibir rescibir resiviendo recibiendo reciviendo
            envien: enbien embien envie envies
            manden: mande mandes
            escriban: escrivan escriba escribas
            denme: demen denen deme dame denmen
            saquenme: sakenme saqenme saqueme
            quitenme: kitenme qitenme quiteme
            borren: vorren borre borrenlo
            por: x
            numero: num nro celular telefono tel cel
            voy: boy
            si: zi sip see
            no: noo
            """);

    private static final List<String> LONG_WORDS = List.of(
            "cancelar",
            "asistire",
            "asistiremos",
            "confirmo",
            "confirmado",
            "confirmada",
            "confirmamos",
            "mensajes",
            "escribirme",
            "suscripcion",
            "unsubscribe",
            "eliminenme",
            "quitenme",
            "saquenme",
            "borrenme",
            "molesten");

    /** Right as they are, although close to another word. */
    private static final Set<String> WORDS_OF_THEIR_OWN = Set.of("asistir", "asistio", "cancelan");

    private static final Set<String> COURTESIES = Set.of(
            "hola",
            "buenos",
            "buenas",
            "dias",
            "tardes",
            "noches",
            "dia",
            "tarde",
            "noche",
            "saludos",
            "cordial",
            "saludo",
            "senores",
            "senor",
            "senora",
            "senorita",
            "doctor",
            "doctora",
            "dr",
            "dra",
            "don",
            "dona",
            "por",
            "favor",
            "porfavor",
            "porfa",
            "xfa",
            "xfavor",
            "pf",
            "porfis",
            "plis",
            "gracias",
            "muchas",
            "mil",
            "bendiciones",
            "amen",
            "cordialmente",
            "atentamente",
            "feliz",
            "amable",
            "amablemente",
            "les",
            "pido",
            "buen",
            "estimados");

    private ReplyWords() {}

    /** The words, with one space between them. */
    static String normal(String text) {
        var bare = Words.fold(text.replace("+", " mas ")).replace('ñ', 'n');
        return Arrays.stream(bare.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> REPEATED.matcher(word).replaceAll("$1$2"))
                .map(ReplyWords::spelt)
                .collect(Collectors.joining(" "));
    }

    /** Without greetings and thanks. */
    static String core(String normal) {
        return Arrays.stream(normal.split(" ", -1))
                .filter(word -> !COURTESIES.contains(word))
                .collect(Collectors.joining(" "));
    }

    private static String spelt(String word) {
        var spelling = SPELLINGS.get(word);
        if (spelling != null) {
            return spelling;
        }
        if (word.length() < LONG_ENOUGH_TO_BE_GUESSED || WORDS_OF_THEIR_OWN.contains(word)) {
            return word;
        }
        return LONG_WORDS.stream()
                .filter(known -> oneKeystroke(word, known))
                .findFirst()
                .orElse(word);
    }

    /** Whether one letter more, less, other, or swapped with its neighbour makes the one word of the other. */
    private static boolean oneKeystroke(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        var same = 0;
        var shorter = Math.min(one.length(), other.length());
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        var left = one.substring(same);
        var right = other.substring(same);
        return left.equals(right)
                || rest(left, 1).equals(rest(right, 1))
                || rest(left, 1).equals(right)
                || left.equals(rest(right, 1))
                || (left.length() > 1
                        && right.length() > 1
                        && left.charAt(0) == right.charAt(1)
                        && left.charAt(1) == right.charAt(0)
                        && rest(left, 2).equals(rest(right, 2)));
    }

    private static String rest(String word, int from) {
        return word.length() < from ? word : word.substring(from);
    }

    private static Map<String, String> spellings(String table) {
        return table.lines()
                .map(line -> line.split(": ", -1))
                .flatMap(line -> Arrays.stream(line[1].split(" ", -1)).map(wrong -> Map.entry(wrong, line[0])))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
