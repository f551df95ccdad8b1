package org.pregonero.channels.email;

/** What a person can do about a channel that is down, in Spanish, with the setting to look at. */
final class Advice {

    static final String UNREACHABLE =
            "El servidor de correo no responde. Revise pregonero.channels.email.host y .port, la"
                    + " red y el cortafuegos, o avise a quien administra el servidor.";
    static final String AUTHENTICATION = "El servidor de correo no aceptó las credenciales. Revise"
            + " pregonero.channels.email.username y .password.";
    static final String NO_AUTHENTICATION = "El servidor de correo no ofrece autenticación en este puerto. Revise"
            + " pregonero.channels.email.port y .security, o quite .username y .password.";
    static final String RELAY = "El servidor de correo no reenvía mensajes nuestros. Revise"
            + " pregonero.channels.email.username y .password, o pida que autoricen este equipo.";
    static final String CERTIFICATE = "El certificado del servidor de correo no es de confianza o no corresponde a su"
            + " nombre. Revise pregonero.channels.email.host; para una autoridad propia, indique"
            + " pregonero.channels.email.trusted-certificate.";
    static final String NO_STARTTLS = "El servidor de correo no ofrece una conexión segura en este puerto. Revise"
            + " pregonero.channels.email.port y .security (STARTTLS suele ser 587; TLS, 465).";
    static final String TLS_DEMANDED = "El servidor de correo exige una conexión segura. Ponga"
            + " pregonero.channels.email.security en STARTTLS o TLS.";
    static final String SENDER = "El servidor de correo no aceptó el remitente. Revise pregonero.channels.email.from y"
            + " .bounces.address: la dirección debe existir y el usuario debe poder enviar con ella.";
    static final String REFUSED =
            "El servidor de correo no acepta conexiones desde este equipo. Pida a quien lo administra"
                    + " que las autorice, y revise pregonero.channels.email.hello-name.";
    static final String NOT_SMTP = "Lo que responde no es un servidor de correo, o espera otro tipo de conexión. Revise"
            + " pregonero.channels.email.host, .port y .security.";
    static final String SERVER_BUSY = "El servidor de correo pide esperar. Si se repite, baje"
            + " pregonero.channels.email.connections o avise a quien administra el servidor.";
    static final String CLOSED = "El canal de correo se está cerrando.";

    private Advice() {}
}
