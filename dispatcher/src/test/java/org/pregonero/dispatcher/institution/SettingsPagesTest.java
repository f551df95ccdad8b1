package org.pregonero.dispatcher.institution;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.message.ContactHours;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The settings through their page, and what they do to the rest. */
@RunningApplication
class SettingsPagesTest {

    private static final ZoneId BOGOTA = ZoneId.of("America/Bogota");

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Accounts accounts;

    @Autowired
    Institutions institutions;

    @Autowired
    DataProtectionNotices notices;

    @Autowired
    ContactPolicies policies;

    @Autowired
    ContactHours contactHours;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    private HttpApi admin = new HttpApi(0, Login.NOBODY);

    @BeforeEach
    void logIn() {
        admin = new HttpApi(port, data.resolve(""));
        admin.logIn();
    }

    @Test
    void changesTheInstitutionAndKeepsEveryWordingOfTheNotice() {
        var before = notices.current();
        var old = institutions.current().dataProtectionNotice();
        var form = form();
        form.put("name", "Alcaldía <script>alert(1)</script>");
        form.put("senderName", "Prensa");
        form.put("replyTo", "respuestas@example.org");
        form.put("dataProtectionNotice", "Primera línea.\r\nSegunda & última.");

        assertThat(admin.submit("/ajustes", form).status()).isEqualTo(302);

        assertThat(institutions.current())
                .satisfies(now -> assertThat(now.name()).isEqualTo("Alcaldía <script>alert(1)</script>"))
                .satisfies(now -> assertThat(now.identity().sender())
                        .isEqualTo(new org.pregonero.templates.Sender("Prensa", "respuestas@example.org")));
        assertThat(admin.page("/ajustes").text()).doesNotContain("<script>alert");
        assertThat(notices.current()).isEqualTo(before + 1);
        assertThat(notices.all())
                .element(0)
                .satisfies(notice -> assertThat(notice.text()).isEqualTo("Primera línea.\nSegunda & última."))
                .satisfies(notice -> assertThat(notice.author()).isEqualTo("admin"));
        assertThat(admin.page("/ajustes/avisos").text())
                .contains("Versión " + (before + 1), "Segunda &amp; última.", old);

        // the same wording again is no version
        assertThat(admin.submit("/ajustes", form()).status()).isEqualTo(302);
        assertThat(notices.current()).isEqualTo(before + 1);
    }

    @Test
    void saysBesideTheFieldWhatIsWrongAndKeepsWhatWasTyped() {
        var form = form();
        form.put("email", "sin arroba");
        form.put("website", "javascript:alert(1)");
        form.put("primaryColor", "rojo");
        form.put("name", " ");
        form.put("postalAddress", "Calle que no se pierde");

        var refused = admin.submit("/ajustes", form);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains(
                        "Escriba el nombre de la entidad",
                        "No es una dirección de correo",
                        "empieza por https://",
                        "Elija un color",
                        "Calle que no se pierde");
        assertThat(institutions.current().website()).isNull();
    }

    @Test
    void doesNotOverwriteWhatSomebodyElseChangedMeanwhile() {
        var first = form();
        var late = form();
        first.put("postalAddress", "Calle 1");
        late.put("postalAddress", "Calle 2");
        admin.submit("/ajustes", first);

        var refused = admin.submit("/ajustes", late);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("Alguien más lo cambió", "admin guardó un cambio", "Calle 1", "Calle 2");
        assertThat(institutions.current().postalAddress()).isEqualTo("Calle 1");
        late.put("version", version(refused.text(), "institution"));
        assertThat(admin.submit("/ajustes", late).status()).isEqualTo(302);
        assertThat(institutions.current().postalAddress()).isEqualTo("Calle 2");

        var api = new LinkedHashMap<String, Object>(Map.of("version", 0, "zone", "America/Bogota"));
        form().forEach(api::putIfAbsent);
        api.remove("_selfApproval");
        assertThat(admin.ask("PUT", "/api/v1/institution", api).status()).isEqualTo(409);
        api.remove("version");
        assertThat(admin.ask("PUT", "/api/v1/institution", api).status()).isEqualTo(200);
    }

    @Test
    void anOwnMessageIsApprovedOnlyWhileNobodyElseMayUnlessSomebodySaysSo() {
        assertThat(institutions.current().selfApproval()).isTrue();
        admin.submit("/ajustes", form());

        accounts.create("otra", "Otra Persona", "una frase larga cualquiera", Set.of(Role.APPROVER));
        assertThat(institutions.current().selfApproval()).isFalse();

        var allowed = form();
        allowed.put("selfApproval", "true");
        admin.submit("/ajustes", allowed);
        assertThat(institutions.current().selfApproval()).isTrue();
    }

    @Test
    void takesAPictureForTheLogoAndNothingElse() throws IOException {
        assertThat(admin.submitFile("/ajustes/logo", "logo.png", picture(300, 100))
                        .status())
                .isEqualTo(302);
        var kept = institutions.current().logo();
        assertThat(kept).isNotNull();
        assertThat(admin.page("/ajustes/logo").status()).isEqualTo(200);

        var html = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
        var half = java.util.Arrays.copyOf(picture(300, 100), 60);
        assertThat(admin.submitFile("/ajustes/logo", "logo.png", html).text()).contains("no es una imagen PNG ni JPEG");
        assertThat(admin.submitFile("/ajustes/logo", "logo.png", half).text()).contains("no se puede leer");
        assertThat(admin.submitFile("/ajustes/logo", "logo.png", picture(2001, 10))
                        .text())
                .contains("más de 2000 × 2000");
        assertThat(admin.submitFile("/ajustes/logo", "logo.svg", "<svg onload='x'/>".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(422);
        assertThat(institutions.current().logo()).isEqualTo(kept);

        admin.submit("/ajustes/logo/quitar", Map.of());
        assertThat(institutions.current().logo()).isNull();
        assertThat(admin.page("/ajustes/logo").status()).isEqualTo(404);
    }

    @Test
    void writesToNobodyOutsideTheHoursAndOnTheDaysThatTheInstitutionSays() {
        var day = LocalDate.now(clock.withZone(BOGOTA)).plusYears(1).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
        while (contactHours
                .nextOpening(day.atTime(12, 0).atZone(BOGOTA).toInstant())
                .isAfter(day.atTime(12, 0).atZone(BOGOTA).toInstant())) {
            day = day.plusWeeks(1);
        }
        var noon = day.atTime(LocalTime.NOON).atZone(BOGOTA).toInstant();
        var eleven = day.atTime(11, 0).atZone(BOGOTA).toInstant();
        var version = String.valueOf(policies.current().version());
        var hours = Map.of(
                "version",
                version,
                "weekdaysFrom",
                "09:00",
                "weekdaysTo",
                "11:30",
                "saturdayFrom",
                "08:00",
                "saturdayTo",
                "08:00");
        assertThat(contactHours.open(noon)).isTrue();

        assertThat(admin.submit("/ajustes/horario", hours).status()).isEqualTo(302);
        // the engine may have read them once more before the change was there
        Awaitility.await()
                .untilAsserted(() -> assertThat(contactHours.open(noon)).isFalse());
        assertThat(contactHours.open(eleven)).isTrue();
        assertThat(admin.submit("/ajustes/horario", hours).status()).isEqualTo(409);

        var holiday = Map.of("day", day.toString(), "name", "Fiesta <b>patronal</b>");
        assertThat(admin.submit("/ajustes/festivos", holiday).status()).isEqualTo(302);
        Awaitility.await()
                .untilAsserted(() -> assertThat(contactHours.open(eleven)).isFalse());
        assertThat(admin.page("/ajustes").text()).contains("Fiesta &lt;b&gt;patronal&lt;/b&gt;");
        assertThat(admin.submit("/ajustes/festivos", holiday).text()).contains("ya está en la lista");
        var christmas = Map.of("day", day.getYear() + "-12-25", "name", "Navidad");
        assertThat(admin.submit("/ajustes/festivos", christmas).text()).contains("ya es festivo nacional");

        admin.submit("/ajustes/festivos/" + day + "/quitar", Map.of());
        Awaitility.await()
                .untilAsserted(() -> assertThat(contactHours.open(eleven)).isTrue());
        var wrong = new LinkedHashMap<>(hours);
        wrong.put("version", String.valueOf(policies.current().version()));
        wrong.put("weekdaysTo", "08:00");
        assertThat(admin.submit("/ajustes/horario", wrong).text()).contains("después de la de apertura");
        jdbc.sql("delete from contact_hours").update();
    }

    @Test
    void letsOthersReadButNotChange() {
        var user = "lector" + System.nanoTime();
        accounts.create(user, "Lector", "una frase que nadie adivina", Set.of(Role.EVALUATOR));
        var reader = new HttpApi(port, new Login(user, "una frase que nadie adivina", ""));
        reader.logIn();

        assertThat(reader.page("/ajustes").text())
                .contains("Solo quien administra")
                .doesNotContain("Guardar la entidad");
        assertThat(reader.submit("/ajustes", form()).status()).isEqualTo(403);
        assertThat(reader.page("/ajustes/avisos").status()).isEqualTo(200);
    }

    private Map<String, String> form() {
        var now = institutions.current();
        var form = new LinkedHashMap<>(Map.of(
                "version", String.valueOf(now.version()),
                "name", now.name(),
                "primaryColor", now.primaryColor(),
                "accentColor", now.accentColor(),
                "postalAddress", now.postalAddress(),
                "email", now.email(),
                "dataProtectionNotice", now.dataProtectionNotice(),
                "zone", now.zone().getId()));
        if (now.selfApproval()) {
            form.put("selfApproval", "true");
        }
        return form;
    }

    private static String version(String page, String form) {
        var version = Pattern.compile("id=\"" + form + "\".*?name=\"version\" value=\"(\\d+)\"", Pattern.DOTALL)
                .matcher(page);
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static byte[] picture(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
