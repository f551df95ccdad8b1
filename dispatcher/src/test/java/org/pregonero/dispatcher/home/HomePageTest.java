package org.pregonero.dispatcher.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.inbound.OfficeMessages;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The first page shows each what needs them, and leads to where it is done. */
@RunningApplication
class HomePageTest {

    private static final ZoneId BOGOTA = ZoneId.of("America/Bogota");

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Accounts accounts;

    @Autowired
    OfficeMessages messages;

    @Autowired
    JdbcClient jdbc;

    private HttpApi admin;

    @BeforeEach
    void logIn() {
        admin = new HttpApi(port, data.path());
        admin.logIn();
    }

    @Test
    void anEmptyInstallationIsToldHowToBeginAndWhatIsDoneIsTicked() {
        var before = admin.page("/").text();
        assertThat(before)
                .contains("Primeros pasos")
                .contains("/planes/importar")
                .contains("/personas/importar");
        var ticked = before.split("listo", -1).length;

        jdbc.sql("insert into plan (name) values ('Plan')").update();

        assertThat(admin.page("/").text().split("listo", -1)).hasSize(ticked + 1);
    }

    @Test
    void aStoppedChannelIsOnTheFirstPageUntilItGoesOn() {
        assertThat(admin.page("/").text()).doesNotContain("Canales detenidos");

        assertThat(admin.submit("/canales/SMS/pausar", Map.of()).status()).isEqualTo(302);
        assertThat(admin.page("/").text()).contains("Canales detenidos").contains("SMS");
        assertThat(admin.page("/canales").text()).contains("en pausa");
        assertThat(admin.submit("/canales/SMS/reanudar", Map.of()).status()).isEqualTo(302);
        assertThat(admin.page("/").text()).doesNotContain("Canales detenidos");
        assertThat(admin.page("/canales").text()).contains("El canal SMS sigue");

        admin.submit("/canales/EMAIL/revisar", Map.of());
        assertThat(admin.page("/canales").text()).contains("responde bien");
        assertThat(admin.submit("/canales/NONE/revisar", Map.of()).status()).isEqualTo(404);
        assertThat(jdbc.sql(
                                "select action from audit_entry where subject in ('channel/SMS', 'channel/EMAIL') order by id")
                        .query(String.class)
                        .list())
                .containsExactly("channel.paused", "channel.resumed", "channel.checked");
    }

    @Test
    void whatPeopleWroteWaitsForTheOfficeUntilSomebodyAttendsToIt() {
        messages.add(null, "+573001112233", "WHATSAPP", null, "¿A qué hora <b>es</b>?");
        var id =
                jdbc.sql("select max(id) from office_message").query(Long.class).single();

        assertThat(admin.page("/").text()).contains("/respuestas");
        assertThat(admin.page("/respuestas").text()).contains("¿A qué hora &lt;b&gt;es&lt;/b&gt;?");
        var evaluator = as(Role.EVALUATOR);
        assertThat(evaluator.page("/respuestas").text()).contains("¿A qué hora").doesNotContain("Marcar como atendido");
        assertThat(evaluator.submit("/respuestas/" + id + "/atendida", Map.of()).status())
                .isEqualTo(403);

        assertThat(admin.submit("/respuestas/" + id + "/atendida", Map.of()).status())
                .isEqualTo(302);

        assertThat(admin.page("/respuestas").text()).doesNotContain("¿A qué hora");
        assertThat(admin.page("/respuestas?todas=true").text())
                .contains("¿A qué hora")
                .contains("Atendido el");
        assertThat(admin.page("/").text()).doesNotContain("/respuestas");
    }

    @Test
    void saysWhenASendingLeavesAndNotOnlyWhatWasAskedFor() {
        var sunday = LocalDate.now(BOGOTA).with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
        var api = new HttpApi(port, data.path());
        jdbc.sql("insert into audience (name, name_key) values ('Vecinos', 'vecinos')")
                .update();
        var message = api.post(
                        "/api/v1/messages",
                        Map.of(
                                "title", "El domingo",
                                "audiences", List.of("Vecinos"),
                                "channels",
                                        Map.of("EMAIL", Map.of("content", Map.of("subject", "Hola", "body", "Hola.")))))
                .path("id")
                .asLong();
        var at = sunday.atTime(20, 0).atZone(BOGOTA).toInstant().toString();

        var occurrence = api.post("/api/v1/messages/" + message + "/occurrences", Map.of("at", at))
                .path("id")
                .asLong();

        var why = "porque el domingo " + sunday.getDayOfMonth() + " no se escribe a nadie";
        assertThat(admin.page("/").text())
                .contains("Esperan su aprobación", why)
                .doesNotContain("Sale el domingo");
        assertThat(admin.page("/envios/" + occurrence).text()).contains(why, "Programado para");
        assertThat(admin.page("/envios").text()).contains("Programado para");
        api.ask("POST", "/api/v1/occurrences/" + occurrence + "/approval", null);
        assertThat(admin.page("/").text()).contains("Lo que sale después", why);
    }

    @Test
    void whoMayNotWriteIsNotAskedTo() {
        var evaluator = as(Role.EVALUATOR);

        assertThat(evaluator.page("/").text()).doesNotContain("Primeros pasos");
        assertThat(evaluator.page("/canales").text()).doesNotContain("Pausar").contains("funciona");
    }

    private HttpApi as(Role role) {
        var name = role.name().toLowerCase(Locale.ROOT) + System.nanoTime();
        accounts.create(name, "Persona de prueba", "Una clave larga 1", Set.of(role));
        var browser = new HttpApi(port, new HttpApi.Login(name, "Una clave larga 1", ""));
        browser.logIn();
        return browser;
    }
}
