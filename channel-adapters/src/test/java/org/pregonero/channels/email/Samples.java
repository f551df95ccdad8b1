package org.pregonero.channels.email;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.templates.Attachment;
import org.pregonero.templates.InlineImage;
import org.pregonero.templates.RenderedEmail;
import org.pregonero.templates.Sender;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A message and settings to begin a test from. */
final class Samples {

    static final UUID TOKEN = UUID.fromString("7f1c1f66-9a0e-4d53-8c8f-2f1f3c9b7a10");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-05T14:00:00Z"), ZoneOffset.UTC);
    static final String CALENDAR =
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Rendición\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private Samples() {}

    static RenderedEmail plainEmail() {
        return new RenderedEmail(
                "Invitación: rendición de cuentas 🎉",
                "<p>Señora Ñáñez, acompáñenos.</p>",
                "Señora Ñáñez, acompáñenos.\n.punto al comienzo\n",
                List.of(),
                List.of(),
                null,
                Sender.BY_SETTINGS);
    }

    static RenderedEmail fullEmail() {
        RenderedEmail plain = plainEmail();
        return new RenderedEmail(
                plain.subject(),
                plain.html(),
                plain.text(),
                List.of(new InlineImage("logo", "image/png", new byte[] {1, 2, 3})),
                List.of(new Attachment(
                        "Informe de gestión año 2026.pdf", "application/pdf", "%PDF".getBytes(StandardCharsets.UTF_8))),
                CALENDAR,
                Sender.BY_SETTINGS);
    }

    static OutboundMessage message(RenderedEmail email) {
        return message("maria.nanez@example.org", email);
    }

    static OutboundMessage message(String address, RenderedEmail email) {
        return new OutboundMessage(
                TOKEN, address, "María Ñáñez", email, URI.create("https://difusion.ejemplo.gov.co/baja/abc"));
    }

    /** Settings as an operator writes them, with short times. */
    static EmailProperties settings(int port, String... more) {
        Map<String, Object> map = new LinkedHashMap<>(Map.of(
                "pregonero.channels.email.host", "127.0.0.1",
                "pregonero.channels.email.port", port,
                "pregonero.channels.email.security", "none",
                "pregonero.channels.email.from", "Alcaldía de Ejemplo <comunicaciones@ejemplo.gov.co>",
                "pregonero.channels.email.hello-name", "pregonero.ejemplo.gov.co",
                "pregonero.channels.email.connect-timeout", "500ms",
                "pregonero.channels.email.read-timeout", "500ms",
                "pregonero.channels.email.write-timeout", "500ms"));
        for (int i = 0; i < more.length; i += 2) {
            map.put("pregonero.channels.email." + more[i], more[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(map))
                .bind("pregonero.channels.email", EmailProperties.class)
                .get();
    }
}
