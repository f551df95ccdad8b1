package org.pregonero.templates;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** An institution and an event that the examples speak about. */
final class Samples {

    private Samples() {}

    static Identity identity() {
        return new Identity(
                "Instituto & Fomento <Ñandú>",
                new InlineImage("logo", "image/png", picture()),
                "#0b4f6c",
                "#f2a900",
                "Carrera 22 # 18-21, Manizales",
                "https://www.instituto.example",
                "comunicaciones@instituto.example",
                "Tratamos sus datos según la Ley 1581 de 2012.",
                new Sender("Fomento «Ñandú»", "respuestas@instituto.example"));
    }

    static PublicEvent event() {
        ZoneId zone = ZoneId.of("America/Bogota");
        return new PublicEvent(
                "audiencia-2026@instituto.example",
                "Audiencia pública",
                ZonedDateTime.of(2026, 11, 26, 9, 0, 0, 0, zone),
                ZonedDateTime.of(2026, 11, 26, 12, 0, 0, 0, zone),
                "Auditorio Ñandú, Carrera 22; piso 1",
                "https://www.instituto.example/audiencia");
    }

    static Setting withEvent() {
        return new Setting(identity(), event(), Locale.forLanguageTag("es-CO"));
    }

    static Setting withoutEvent() {
        return new Setting(identity(), null, Locale.forLanguageTag("es-CO"));
    }

    static EmailContent email(String subject, String body) {
        return new EmailContent(subject, body, null, null, false, List.of());
    }

    static RenderedEmail rendered(String body, Map<String, String> values) {
        return rendered("Asunto", body, values, null);
    }

    static RenderedEmail rendered(
            String subject, String body, Map<String, String> values, @Nullable PublicEvent event) {
        Setting setting = new Setting(identity(), event, Locale.forLanguageTag("es-CO"));
        return (RenderedEmail) email(subject, body).compile(setting).render(values);
    }

    private static byte[] picture() {
        BufferedImage image = new BufferedImage(120, 60, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillRect(0, 0, 120, 60);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
