package org.pregonero.dispatcher.institution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the audit trail's page shows of it. */
@RunningApplication
class AuditPagesTest {

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    AuditTrail audit;

    private HttpApi reader = new HttpApi(0, Login.NOBODY);
    private Actor ana = Actor.SYSTEM;

    @BeforeEach
    void logIn() {
        var name = "control" + System.nanoTime();
        accounts.create(name, "Control interno", "una frase que nadie adivina", Set.of(Role.EVALUATOR));
        reader = new HttpApi(port, new Login(name, "una frase que nadie adivina", ""));
        reader.logIn();
        ana = accounts.create("ana" + System.nanoTime(), "Ana", "una frase que nadie adivina", Set.of(Role.EDITOR));
    }

    @Test
    void showsFieldByFieldWhatAChangeChanged() {
        audit.record(
                ana,
                "institution.changed",
                "institution",
                Map.of("name", "Alcaldía vieja", "zone", "America/Bogota", "more", Map.of("deep", 1)),
                Map.of("name", "<b>Nueva</b>", "zone", "America/Bogota", "more", Map.of("deep", 2)));

        var page = reader.page("/auditoria?quien=" + ana.id()).text();

        assertThat(page)
                .contains(
                        "Cambió la entidad", ana.username(), "Alcaldía vieja", "&lt;b&gt;Nueva&lt;/b&gt;", "more.deep")
                .contains("2 datos cambiaron")
                .doesNotContain("<b>Nueva", "America/Bogota");
    }

    @Test
    void findsByWhoWhatAndWhen() {
        audit.record(ana, "message.created", "message/4711", null, Map.of("title", "Uno"));
        audit.record(ana, "message.created", "message/47", null, Map.of("title", "Dos"));
        audit.record(Actor.SYSTEM, "message.created", "message/4711", null, Map.of("title", "Tres"));
        var today = LocalDate.now(java.time.ZoneId.of("America/Bogota"));
        var mine = "/auditoria?quien=" + ana.id();

        assertThat(reader.page(mine).text()).contains("Uno", "Dos").doesNotContain("Tres");
        assertThat(reader.page("/auditoria?tipo=message&numero=4711").text())
                .contains("Uno", "Tres", "href=\"/mensajes/4711\"")
                .doesNotContain("Dos");
        assertThat(reader.page(mine + "&desde=" + today + "&hasta=" + today).text())
                .contains("Uno");
        assertThat(reader.page(mine + "&hasta=" + today.minusDays(1)).text())
                .contains("No hay nada con esos criterios");
        assertThat(reader.page(mine + "&desde=" + today.plusDays(1)).text()).doesNotContain("Uno");
        assertThat(reader.page("/auditoria?desde=ayer").status()).isEqualTo(400);
    }

    @Test
    void goesThroughALongTrailPageByPageAndWritesItAsCsv() {
        for (var entry = 0; entry < 230; entry++) {
            audit.record(ana, "message.revised", "message/" + entry, null, Map.of("title", "=Titulo " + entry + "."));
        }
        var path = "/auditoria?quien=" + ana.id();
        var seen = new java.util.ArrayList<String>();
        for (var pages = 0; pages < 3; pages++) {
            var text = reader.page(path).text();
            Pattern.compile("=Titulo \\d+\\.").matcher(text).results().forEach(title -> seen.add(title.group()));
            var next = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(text);
            path = next.find() ? next.group(1).replace("&amp;", "&") : "";
        }
        assertThat(path).isEmpty();
        assertThat(seen).hasSize(230).doesNotHaveDuplicates();

        var csv = reader.page("/auditoria.csv?quien=" + ana.id()).text().lines().toList();
        assertThat(csv).hasSize(231);
        assertThat(csv.get(0)).contains("Número;Cuándo;Quién");
        assertThat(csv.get(1)).contains("Corrigió un mensaje", ";message/229;", ";'=Titulo 229.");
    }

    @Test
    void isForReadersOnly() {
        var name = "tareas" + System.nanoTime();
        accounts.create(name, "Tareas", "una frase que nadie adivina", Set.of(Role.STAFF));
        var staff = new HttpApi(port, new Login(name, "una frase que nadie adivina", ""));
        staff.logIn();

        assertThat(List.of("/auditoria", "/auditoria.csv"))
                .allSatisfy(path -> assertThat(staff.page(path).status()).isEqualTo(403));
    }
}
