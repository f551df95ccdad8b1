package org.pregonero.dispatcher.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pregonero.dispatcher.tabular.Words;

/** The channels that an action means by its words. Only proposed: a person chooses. */
final class ChannelWording {

    private static final Map<String, List<String>> WORDS = inOrder();

    private ChannelWording() {}

    /** Codes of channels, for example {@code EMAIL}, in the order in which they are usually thought of. */
    static List<String> channels(String text) {
        String words = " " + Words.fold(text) + " ";
        List<String> channels = new ArrayList<>();
        WORDS.forEach((channel, names) -> {
            if (names.stream().anyMatch(name -> words.contains(" " + name + " "))) {
                channels.add(channel);
            }
        });
        return channels;
    }

    private static Map<String, List<String>> inOrder() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put(
                "EMAIL",
                List.of(
                        "correo",
                        "correos",
                        "correo electronico",
                        "correos electronicos",
                        "e mail",
                        "email",
                        "boletin informativo",
                        "boletines informativos",
                        "boletin de prensa",
                        "boletines de prensa",
                        "comunicado de prensa",
                        "comunicados de prensa",
                        "invitacion electronica",
                        "fisica y electronica",
                        "periodistas"));
        words.put("WHATSAPP", List.of("whatsapp", "grupos de difusion", "lista de difusion", "listas de difusion"));
        words.put("SMS", List.of("sms", "mensaje de texto", "mensajes de texto"));
        words.put("FACEBOOK", List.of("facebook", "redes sociales", "redes", "social media"));
        words.put("X", List.of("twitter", "redes sociales", "redes"));
        words.put(
                "WEB",
                List.of(
                        "pagina web",
                        "sitio web",
                        "portal web",
                        "web",
                        "sede electronica",
                        "portal",
                        "preguntas frecuentes",
                        "faqs",
                        "historias de exito"));
        words.put(
                "INTERNAL",
                List.of(
                        "comunicacion interna",
                        "comunicaciones internas",
                        "boletin interno",
                        "boletines internos",
                        "intranet"));
        words.put(
                "POSTER",
                List.of(
                        "cartelera",
                        "carteleras",
                        "afiche",
                        "afiches",
                        "aviso",
                        "avisos",
                        "volante",
                        "volantes",
                        "infografia",
                        "infografias",
                        "pendon",
                        "pendones",
                        "pasacalle",
                        "pasacalles",
                        "valla",
                        "vallas",
                        "banner",
                        "banners",
                        "fondo de pantalla",
                        "fondos de pantalla",
                        "tarjeta de invitacion",
                        "tarjetas de invitacion",
                        "invitacion fisica",
                        "medios fisicos"));
        words.put(
                "BY_HAND",
                List.of(
                        "radio",
                        "cuna radial",
                        "cunas radiales",
                        "television",
                        "tv",
                        "t v",
                        "prensa escrita",
                        "promo audiovisual",
                        "promos audiovisuales",
                        "youtube",
                        "streaming",
                        "en vivo",
                        "perifoneo",
                        "emisora",
                        "emisoras",
                        "gira de medios",
                        "buzon",
                        "reunion",
                        "reuniones",
                        "feria",
                        "ferias",
                        "foro",
                        "foros"));
        return words;
    }
}
