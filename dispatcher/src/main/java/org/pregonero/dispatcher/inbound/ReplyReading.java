package org.pregonero.dispatcher.inbound;

import java.util.regex.Pattern;

/**
 * What a person who wrote to us means. Only what is clear is acted upon; everything else a person of the office reads.
 * Whoever asks how to opt out wants to; whoever asks whether a meeting is cancelled does not.
 *
 * @param remark whether an answer says or asks more than the answer, so that the office should read it too
 */
record ReplyReading(Meaning meaning, boolean remark) {

    enum Meaning {
        OPT_OUT,
        YES,
        NO,
        OTHER
    }

    private static final String MESSAGES =
            "(mensajes|correos|wasap|whatsap|wpp|ws|notificaciones|invitaciones|publicidad|spam|informacion|info|propaganda"
                    + "|comunicaciones|comunicados|avisos|textos|cadenas|nada)";

    /** Words that may stand around a command without changing it. */
    private static final String AROUND =
            "(ya|inmediata|inmediatamente|urgente|definitiva|definitivamente|de|del|la|las|los|el|este|esta|estos|mi|a|al|su|sus"
                    + "|lista|grupo|servicio|suscripcion|numero|todos|todo|canal|whatsap|wasap|mensajes|correos|notificaciones|sistema)";

    private static final Pattern COMMAND = Pattern.compile("((baja|stop|" + AROUND
            + ") )*(baja|stop|cancelar|cancelo|cancele|cancelen|salir|parar|paren|basta|unsubscribe|desuscribir"
            + "|desuscribirme|desuscribanme|desinscribirme|desinscribir|no mas|no mas nada|nunca mas)( " + AROUND
            + ")*");

    private static final String LIST =
            "(lista( (de|del) (contactos|difusion|envios|mensajes|correos|distribucion|whatsap))?"
                    + "|grupo|base( de datos)?|contactos|directorio|sistema|registro)";

    /** Somebody who wants to go. */
    private static final Pattern LEAVING = Pattern.compile(
            "\\b(((denme|den|dar|darme|doy|dan|darse|darnos|dennos|dando) |(me|nos) (den|dan|de|doy|puede[ns]? dar|dieran|diera) )"
                    + "(de )?(la )?baja\\b(?! (del|de la|al) (agua|luz|tarifa))"
                    + "|(solicito|quiero|pido|deseo|exijo|requiero|necesito) (mi |la |una )?baja( (de )?" + AROUND
                    + ")*$"
                    + "|(quitenme|saquenme|borrenme|eliminenme|retirenme|remuevanme|quitarme|sacarme|borrarme|eliminarme|retirarme"
                    + "|salirme|salir|retirarme|bajenme)"
                    + "( ya)?($| (de |del )((la |esta |su |este |el |sus )*" + LIST + "|ahi|aqui|aca)( |$))"
                    + "|me (saquen|quiten|borren|eliminen|retiren|puede[ns]? (sacar|quitar|borrar|eliminar|retirar))"
                    + "( ya)? (de |del )(la |esta |su |este |el |sus )*" + LIST + "( |$)"
                    + "|(borren|eliminen|quiten|saquen|retiren|borrar|eliminar|quitar|retirar|sacar) (de .* )?(mi|mis|este) "
                    + "(numero|datos|correos|contacto|informacion|nombre)"
                    + "|(cancelar|cancelo|cancele|cancelen) (mi |la |esta )?(suscripcion|subscripcion)"
                    + "|(cancelar|cancele|cancelen|parar|paren|stop|suspendan|suspender) (ya )?(con )?(los |estos |sus |tantos |todos |de )*"
                    + "(mensajes|envios|correos|notificaciones)"
                    + "|(desuscrib|desinscrib|dessuscrib)\\w*)");

    /** Somebody who wants no more to come. */
    private static final Pattern ENOUGH =
            Pattern.compile("\\bno (quiero|deseo|queremos|deseamos|quisiera|me interesa|autorizo|acepto) "
                    + "(mas|nada mas|(seguir )?(a )?recibir($| (mas|nada|ningun|estos|sus|este|esos|esta|estas|tantos|"
                    + MESSAGES
                    + "))|que me (sigan )?(mas )?(envi|mand|escrib|molest|llam|contact|lleg)\\w*)"
                    + "( (de )?(" + MESSAGES + "|esto|estos|eso|ustedes|gracias).*| mas.*)?$"
                    + "|\\bno (quiero|deseo|queremos|me interesa) .{0,20}\\b(mensajes|publicidad|spam)\\b"
                    + "|\\bno autorizo .{0,30}\\b(datos|mensajes|numero)\\b"
                    + "|\\bno (me |nos )?(lo )?(envien|manden|escriban|molesten|llamen|contacten|molesten mas|vuelvan a "
                    + "(escribir|enviar|mandar|contactar|molestar|llamar)(me|nos)?|sigan (escribiendo|enviando|mandando|molestando)(me)?)"
                    + "($| (mas|nunca|nada|ningun|estos|sus|tantos|a este|" + MESSAGES + ")\\b.*)"
                    + "|\\bno mas (de )?(estos |sus |tantos )?" + MESSAGES + "\\b"
                    + "|\\b(dejen|deje|paren|pare|ya) (ya )?(de |no )(escrib|mand|envi|molest|jod|contact|fastidi)\\w*"
                    + "($| (me|mas|mensajes|estos|tantos|a este|tanta|tanto|spam|publicidad).*)");

    /** What turns a wish to go into its opposite. */
    private static final Pattern STAYING = Pattern.compile(
            "\\b(no|nunca|tampoco|sin)( \\w+){0,2} (" + "dar|darme|den|denme|me den|sacar|saquen|saquenme|borren"
                    + "|borrar|eliminen|eliminar|quiten|quitar|cancelen|cancelar|baja|salir|salirme|retirarme|retiren)\\b");

    private static final String COMING =
            "voy|ire|iremos|vamos|asisto|asistire|asistiremos|asistimos|confirmo|confirmado"
                    + "|confirmada|confirmamos|estare|estaremos|alli estare|claro|puedo|podre|cuenten conmigo|cuente conmigo"
                    + "|por supuesto|con gusto|con mucho gusto|de una|participo|participare|acompanare|quiero (ir|asistir|participar)";

    private static final Pattern YES =
            Pattern.compile("(si|claro|claro que si|de una|obvio|afirmativo|correcto|seguro|dale si)"
                    + "|((si|claro|claro que si|listo|ok|vale|bueno|yo|nosotros|perfecto|ya|muy bien|tambien|alla|ahi|alli|con|gusto|mucho|que"
                    + "|y|me|mi|la|de|una) )*(" + COMING
                    + ")( (alla|ahi|alli|puntual|con|mi|a|la|el|al|reunion|evento|audiencia|asistencia"
                    + "|mi|familia|esposa|esposo|hijos|hijo|hija|todos|ese|dia|ir|asistir|que|si|sin|falta|primero|dios|mediante|presente"
                    + "|presentes|y|de|nosotros|en|compania|los|esperamos|invitacion))*"
                    + "|si( (mi|mis|es|se|" + COMING + "))+.*|(ahi|alla|alli) (nos vemos|les caigo|llego|llegamos)");

    private static final Pattern NO =
            Pattern.compile("(no|nop|nel|negativo|imposible|no me interesa|no estoy interesad[oa]|lo siento"
                    + " no|que pena no|no creo poder|no lo creo)"
                    + "|(.{0,40} )?(no|tampoco) (voy|ire|iremos|vamos|asisto|asistire|asistiremos|estare|estaremos|podre|puedo|podemos"
                    + "|podremos|alcanzo|confirmo|logro|participo|participare|me es posible|me queda facil|me sera posible|sera posible"
                    + "|es posible|cuenten conmigo|cuente conmigo|voy a poder|vamos a poder|voy a ir|me da tiempo|tengo tiempo)"
                    + "( (ir|asistir|acompanar\\w*|estar|llegar|participar|poder|ese|esta|este|esa|porque|hoy|manana|pues|a la|al|para|pero"
                    + "|en esta|alla|que|ya que|debido|tengo|trabajo|estoy|lo siento|el)\\b.*)?"
                    + "|(cancelo|cancelar|cancelen|cancele|retiro) (mi |la )?(asistencia|participacion|cupo|reserva)"
                    + "|me (queda|es) imposible.*|(.{0,20} )?imposible (ir|asistir|llegar|acompanar\\w*).*");

    private static final Pattern CLAUSES = Pattern.compile("(?<=[.!,;\\n?])|(?=[¿¡])");
    private static final Pattern QUESTION = Pattern.compile("[?¿]");

    /** A letter is for people to read; and the patterns are not made for it. */
    private static final int LONGEST = 1000;

    static ReplyReading of(String text) {
        if (text.length() > LONGEST) {
            return new ReplyReading(Meaning.OTHER, false);
        }
        var whole = ReplyWords.core(ReplyWords.normal(text));
        var commanded =
                COMMAND.matcher(whole).matches() && !QUESTION.matcher(text).find();
        var wished = LEAVING.matcher(whole).find() || ENOUGH.matcher(whole).find();
        if (commanded || (wished && !STAYING.matcher(whole).find())) {
            return new ReplyReading(Meaning.OPT_OUT, false);
        }
        return answer(text, whole);
    }

    /** Looks for yes and no in each part of what was written; who says both is not understood. */
    private static ReplyReading answer(String text, String whole) {
        var yes = YES.matcher(whole).matches() && !QUESTION.matcher(text).find();
        var no = NO.matcher(whole).matches() && !QUESTION.matcher(text).find();
        var remark = false;
        for (var clause : CLAUSES.split(text, -1)) {
            var words = ReplyWords.core(ReplyWords.normal(clause));
            if (words.isEmpty()) {
                continue;
            }
            var asks = QUESTION.matcher(clause).find();
            if (!asks && NO.matcher(words).matches()) {
                no = true;
            } else if (!asks && YES.matcher(words).matches()) {
                yes = true;
            } else {
                remark = true;
            }
        }
        if (yes == no) {
            return new ReplyReading(Meaning.OTHER, false);
        }
        return new ReplyReading(yes ? Meaning.YES : Meaning.NO, remark);
    }
}
