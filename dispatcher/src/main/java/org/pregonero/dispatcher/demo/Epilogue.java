package org.pregonero.dispatcher.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.TreeSet;
import org.pregonero.dispatcher.delivery.DeliveryState;

/** Tells at the end what happened, where the results lie, and how to begin in earnest. */
final class Epilogue {

    private final Outcome outcome;
    private final PrintStream out;

    Epilogue(Outcome outcome, PrintStream out) {
        this.outcome = outcome;
        this.out = out;
    }

    void tell(Summary summary) {
        out.println();
        table(summary);
        out.println();
        out.println("Personas en los públicos: " + summary.audience());
        out.println(
                "«No contactable»: sin autorización, sin dirección o número válido, o con el mismo que otra persona.");
        out.println("A quien WhatsApp no llegó se le envió un SMS; nadie recibió los dos.");
        out.println();
        out.println("Lo que la gente hizo después:");
        summary.reactions().forEach(reaction -> out.println("  " + reaction));
        out.println();
        var files = summary.files();
        out.println("Afiches y volantes para imprimir (PDF):");
        files.subList(0, files.size() - 1).forEach(poster -> out.println("  " + poster));
        out.println("Correos capturados (" + outcome.mails() + " archivos .eml, se abren con un programa de correo):");
        out.println("  " + files.get(files.size() - 1));
        out.println();
        out.printf(
                Locale.forLanguageTag("es-CO"),
                "Terminó en %.1f segundos.%n",
                summary.took().toMillis() / 1000.0);
        out.println("Para empezar de verdad: bin/pregonero, y abra http://127.0.0.1:8080/ en el navegador.");
    }

    private void table(Summary summary) {
        var states = new TreeSet<DeliveryState>();
        summary.channels().values().forEach(counts -> states.addAll(counts.keySet()));
        var heading = new StringBuilder(String.format("%-16s", "Canal"));
        states.forEach(state -> heading.append(String.format("%15s", outcome.name(state))));
        out.println(heading);
        out.println("─".repeat(heading.length()));
        summary.channels().forEach((channel, counts) -> {
            var line = new StringBuilder(String.format("%-16s", outcome.channel(channel)));
            states.forEach(state -> line.append(String.format("%15d", counts.getOrDefault(state, 0L))));
            out.println(line);
        });
    }
}
