package org.pregonero.dispatcher.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.plan.PlanAction;
import org.pregonero.dispatcher.plan.PlanEventMoved;
import org.pregonero.dispatcher.plan.Plans;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Answer;
import org.pregonero.dispatcher.testing.PageForms;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A message from the first word to its approval, as people with a browser make it. */
@RunningApplication
class OfficePagesTest {

    private static final ZoneId BOGOTA = ZoneId.of("America/Bogota");
    private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Plans plans;

    @Autowired
    Attachments attachments;

    @Autowired
    Occurrences occurrences;

    @Autowired
    Scheduling scheduling;

    @Autowired
    ContactHours hours;

    @Autowired
    Drafting drafting;

    @Autowired
    Forecasts forecasts;

    private HttpApi editor = new HttpApi(0, HttpApi.Login.NOBODY);
    private HttpApi approver = new HttpApi(0, HttpApi.Login.NOBODY);
    private HttpApi evaluator = new HttpApi(0, HttpApi.Login.NOBODY);
    private long audience;
    private long event;
    private long person;

    @BeforeEach
    void givenAnOfficeAnAudienceAndAnEvent() {
        jdbc.sql("update institution set self_approval = null").update();
        editor = somebody(Role.EDITOR);
        approver = somebody(Role.APPROVER);
        evaluator = somebody(Role.EVALUATOR);
        var group = "Vecinos " + UUID.randomUUID();
        new HttpApi(port, data.path())
                .upload("/api/v1/contacts/imports?evidence=formulario", "vecinos.csv", """
                        Nombre;Entidad;Correo;Grupo;Autoriza tratamiento de datos;Fecha autorización
                        Ana Pérez;Junta;%s@example.org;%s;Sí;2026-01-15
                        Berta Ruiz;;;%s;Sí;2026-01-15
                        """.formatted(
                                UUID.randomUUID(), group, group)
                        .getBytes(StandardCharsets.UTF_8));
        audience = number("select id from audience where name = :one", group);
        person = number("""
                        select c.id from audience_member m join contact c on c.id = m.contact_id
                        where m.audience_id = cast(:one as bigint) and c.name = 'Ana Pérez'
                        """, String.valueOf(audience));
        var plan = jdbc.sql("insert into plan (name) values ('Plan') returning id")
                .query(Long.class)
                .single();
        event = jdbc.sql("""
                        insert into plan_event (plan_id, uid, name, starts_at, ends_at, place)
                        values (:plan, gen_random_uuid()::text, 'Audiencia pública', :starts, :ends, 'Auditorio') returning id
                        """)
                .param("plan", plan)
                .param("starts", utc(inDays(60, 9)))
                .param("ends", utc(inDays(60, 12)))
                .query(Long.class)
                .single();
    }

    private HttpApi somebody(Role... roles) {
        var name = roles[0].name().toLowerCase(Locale.ROOT) + System.nanoTime();
        accounts.create(name, "Persona " + roles[0], "una clave de prueba", Set.of(roles));
        var visitor = new HttpApi(port, new HttpApi.Login(name, "una clave de prueba", ""));
        visitor.logIn();
        return visitor;
    }

    private long number(String sql, String one) {
        return jdbc.sql(sql).param("one", one).query(Long.class).single();
    }

    private static Instant inDays(int days, int hour) {
        return LocalDate.now(BOGOTA)
                .plusDays(days)
                .atTime(hour, 0)
                .atZone(BOGOTA)
                .toInstant();
    }

    private static java.time.OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private Map<String, String> form(String title, String body) {
        var form = new LinkedHashMap<String, String>();
        form.put("title", title);
        form.put("event", String.valueOf(event));
        form.put("audiences", String.valueOf(audience));
        form.put("channels", "EMAIL");
        form.put("EMAIL.subject", "Le invitamos a {{evento.nombre}}");
        form.put("EMAIL.body", body);
        return form;
    }

    private long written(String title, String body) {
        var answer = editor.submit("/mensajes/nuevo", form(title, body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        return id(answer);
    }

    /** Of what a redirection leads to. */
    private static long id(Answer answer) {
        return Long.parseLong(answer.location().replaceAll(".*/(\\d+)(/[a-z]+)?$", "$1"));
    }

    private long scheduled(long message, Map<String, String> time) {
        var answer = editor.submit("/mensajes/" + message + "/programar", time);
        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        return id(answer);
    }

    private static Map<String, String> at(Instant moment) {
        return Map.of("when", "AT", "at", local(moment));
    }

    private String state(long occurrence) {
        return jdbc.sql("select state from occurrence where id = :id")
                .param("id", occurrence)
                .query(String.class)
                .single();
    }

    /** The approval as a person gives it, who has the page open. */
    private Answer approved(HttpApi who, long occurrence) {
        var page = who.page("/envios/" + occurrence + "/aprobacion").text();
        var seen = page.replaceAll("(?s).*name=\"seen\" value=\"([0-9a-f]+)\".*", "$1");
        return who.submit("/envios/" + occurrence + "/aprobacion", Map.of("seen", seen));
    }

    @Test
    void isWrittenLookedAtScheduledAndApprovedByAnotherPerson() {
        var message = written("Invitación de prueba", "Hola, {{nombre}}.");

        assertThat(editor.page("/mensajes").text()).contains("Invitación de prueba", "borrador");
        assertThat(editor.page("/mensajes/" + message + "/marco/EMAIL?persona=" + person)
                        .text())
                .contains("Hola, Ana Pérez.", "Le invitamos a Audiencia pública");
        var occurrence = scheduled(message, Map.of("when", "EVENT", "daysBefore", "7", "time", "09:00"));
        assertThat(approver.page("/aprobaciones").text()).contains("/envios/" + occurrence + "/aprobacion");
        assertThat(approved(editor, occurrence).status()).isEqualTo(403);
        assertThat(approved(evaluator, occurrence).status()).isEqualTo(403);
        assertThat(approved(approver, occurrence).status()).isEqualTo(302);
        assertThat(state(occurrence)).isEqualTo("SCHEDULED");
        assertThat(jdbc.sql("select due_at from occurrence where id = :id")
                        .param("id", occurrence)
                        .query(java.time.OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isEqualTo(inDays(53, 9));
    }

    @Test
    void tellsWhyASundayEveningsMessageLeavesOnTuesday() {
        var holiday = Year.now(BOGOTA)
                .plusYears(1)
                .atMonth(11)
                .atDay(11)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        var message = written("Domingo", "Hola.");
        var form = new LinkedHashMap<>(form("Domingo", "Hola."));
        form.put("event", "");
        form.put("basis", "1");
        form.put("EMAIL.subject", "Hola");
        assertThat(editor.submit("/mensajes/" + message + "/editar", form).status())
                .isEqualTo(302);

        var occurrence = scheduled(
                message, at(holiday.minusDays(1).atTime(20, 0).atZone(BOGOTA).toInstant()));

        var sentence =
                ("Sale el martes %d de noviembre de %d a las 7:00 a. m. porque el domingo %d no se escribe a nadie"
                                + " y el lunes %d es festivo (Independencia de Cartagena).")
                        .formatted(
                                holiday.plusDays(1).getDayOfMonth(),
                                holiday.getYear(),
                                holiday.minusDays(1).getDayOfMonth(),
                                holiday.getDayOfMonth());
        assertThat(editor.page("/envios/" + occurrence).text()).contains(sentence);
        approved(approver, occurrence);
        assertThat(editor.page("/envios/" + occurrence + "/aprobacion").text()).contains(sentence);
        assertThat(editor.page("/envios/" + occurrence).text()).contains(sentence);
    }

    @Test
    void nothingIsScheduledForWhenNobodyWouldGetItAnyMore() {
        var sunday = LocalDate.now(BOGOTA).plusDays(7).with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
        var form = form("Para el domingo", "Hola.");
        form.put("EMAIL.subject", "Hola");
        form.put("event", "");
        var path = "/mensajes/" + id(editor.submit("/mensajes/nuevo", form));
        var time = new LinkedHashMap<>(Map.of(
                "when", "AT",
                "at", sunday.atTime(20, 0).toString(),
                "useful", sunday.plusDays(1).atTime(6, 0).toString()));

        var refused = editor.submit(path + "/programar", time);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("no se escribe a nadie", "nadie lo recibiría", "permita que salga fuera del horario")
                .containsPattern("name=\"useful\"[^>]*aria-invalid=\"true\"")
                .containsPattern("id=\"useful-error\">\\s*<p class=\"error\">[^<]*nadie lo recibiría");
        assertThat(editor.submit(path + "/cuando", time).text()).contains("nadie lo recibiría");
        // a poster keeps no contact hours
        assertThat(editor.submit("/mensajes/" + poster() + "/programar", time).status())
                .isEqualTo(302);
        time.put("override", "true");
        time.put("reason", "Es mañana temprano");
        var occurrence = id(editor.submit(path + "/programar", time));
        time.remove("override");
        assertThat(editor.submit("/envios/" + occurrence + "/reprogramar", time).status())
                .isEqualTo(422);
        jdbc.sql("update occurrence set contact_hours_override = null where id = :id")
                .param("id", occurrence)
                .update();
        assertThat(approver.page("/envios/" + occurrence + "/aprobacion").text())
                .contains("nadie lo recibiría")
                .doesNotContain("id=\"aprobar\"");
        var seen = scheduling.fingerprint(occurrences.find(occurrence).orElseThrow());
        assertThat(approver.submit("/envios/" + occurrence + "/aprobacion", Map.of("seen", seen))
                        .text())
                .contains("nadie lo recibiría");
        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void warnsThatSomeOfItWouldExpireWhereItCannotAllLeaveWhileItIsUseful() {
        var message = written("Apretado", "Hola.");
        var opening = hours.nextOpening(inDays(3, 10));
        var time = Map.of("when", "AT", "at", local(opening), "useful", local(opening.plusMillis(1)));
        var occurrence = scheduled(message, time);

        Awaitility.await().untilAsserted(() -> assertThat(
                        editor.submit("/mensajes/" + message + "/cuando", time).text())
                .contains("Por correo electrónico no alcanzaría a salir todo"));
        assertThat(approver.page("/mensajes/" + message + "/cuentas?envio=" + occurrence)
                        .text())
                .contains("Una parte vencería");
    }

    private long poster() {
        return id(editor.submit(
                "/mensajes/nuevo",
                Map.of(
                        "title", "Afiche",
                        "channels", "POSTER",
                        "POSTER.outlets", "Cartelera",
                        "POSTER.paper", "A4",
                        "POSTER.layout", "DATE",
                        "POSTER.headline", "Audiencia",
                        "POSTER.body", "Venga.")));
    }

    private static String local(Instant moment) {
        return moment.atZone(BOGOTA).toLocalDateTime().toString();
    }

    @Test
    void beginsWithWhatAnActionOfThePlanSays() {
        var group = jdbc.sql("select name from audience where id = :id")
                .param("id", audience)
                .query(String.class)
                .single();
        var plan = jdbc.sql("select plan_id from plan_event where id = :id")
                .param("id", event)
                .query(Long.class)
                .single();
        var messages = number("select count(*) from message where :one <> ''", "x");
        var action = plans.addAction(
                plan,
                null,
                new PlanAction(
                        "Invitar a <la> audiencia",
                        "Por correo electrónico y WhatsApp",
                        null,
                        null,
                        List.of(group.toUpperCase(Locale.ROOT), "Nadie conocido"),
                        null,
                        List.of(),
                        null,
                        Map.of(),
                        2),
                Actor.SYSTEM);

        var page = editor.page("/mensajes/nuevo?accion=" + action).text();
        var form = PageForms.fields(page);

        assertThat(form)
                .containsEntry("title", "Invitar a <la> audiencia")
                .containsEntry("event", String.valueOf(event))
                .containsEntry("audiences", String.valueOf(audience));
        assertThat(form)
                .containsEntry("EMAIL.subject", "Le invitamos a {{evento.nombre}}")
                .containsEntry("WHATSAPP.text", "");
        assertThat(page)
                .contains("«Nadie conocido» todavía no es un público", "la plantilla «Invitación a la audiencia»")
                .doesNotContain("«" + group.toUpperCase(Locale.ROOT) + "»");
        assertThat(number("select count(*) from message where :one <> ''", "x")).isEqualTo(messages);

        form.put("WHATSAPP.text", "Venga.");
        assertThat(editor.submit("/mensajes/nuevo", form).status()).isEqualTo(302);
        assertThat(editor.page("/planes/" + plan).text()).contains("Mensaje: borrador");
        assertThat(editor.page("/planes/" + plan + "/acciones/" + action).text())
                .contains(">borrador<");
        assertThat(editor.page("/mensajes/nuevo?accion=999999").status()).isEqualTo(404);
    }

    @Test
    void whatCameBackCanStillBeCancelled() {
        var occurrence = scheduled(written("Devuelto", "Hola."), at(inDays(3, 9)));
        approver.submit("/envios/" + occurrence + "/devolver", Map.of("comment", "No hace falta"));
        assertThat(state(occurrence)).isEqualTo("RETURNED");

        editor.submit("/envios/" + occurrence + "/cancelar", Map.of());

        assertThat(state(occurrence)).isEqualTo("CANCELLED");
    }

    @Test
    void theAttachmentsOfAMailWeighNotMoreThanItCanCarry() {
        var author =
                accounts.create("adjunta" + System.nanoTime(), "Adjunta", "una clave de prueba", Set.of(Role.EDITOR));
        var bytes = Arrays.copyOf("%PDF-1.7".getBytes(StandardCharsets.UTF_8), 6_000_000);
        var kept = attachments.keep("informe.pdf", bytes, false, author);
        var attachment = Map.of("fileName", kept.fileName(), "mediaType", kept.mediaType(), "sha256", kept.sha256());
        var api = new HttpApi(port, data.path());

        assertThat(api.ask("POST", "/api/v1/messages", mail(List.of(attachment, attachment)))
                        .status())
                .isEqualTo(201);
        var refused = api.ask("POST", "/api/v1/messages", mail(List.of(attachment, attachment, attachment)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("suman más de 15 MB");
        var inside = Map.of("fileName", "a.pdf", "mediaType", "application/pdf", "bytes", "A".repeat(20_000_004));
        assertThat(api.ask("POST", "/api/v1/messages", mail(List.of(inside))).status())
                .isEqualTo(422);
    }

    private Map<String, Object> mail(List<Map<String, String>> files) {
        var name = jdbc.sql("select name from audience where id = :id")
                .param("id", audience)
                .query(String.class)
                .single();
        return Map.of(
                "title",
                "Adjuntos",
                "audiences",
                List.of(name),
                "channels",
                Map.of("EMAIL", Map.of("content", Map.of("subject", "Hola", "body", "Hola.", "attachments", files))));
    }

    @Test
    void nobodyApprovesAnOwnMessageUnlessThePolicyLetsThemAndThenItShows() {
        var both = somebody(Role.APPROVER);
        var answer = both.submit("/mensajes/nuevo", form("Mío", "Hola."));
        var message = id(answer);
        var occurrence = id(both.submit("/mensajes/" + message + "/programar", at(inDays(3, 9))));
        var path = "/envios/" + occurrence + "/aprobacion";

        assertThat(both.page(path).text()).doesNotContain("id=\"aprobar\"");
        assertThat(both.submit(path, Map.of("seen", "")).status()).isEqualTo(409);
        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");

        jdbc.sql("update institution set self_approval = true").update();
        assertThat(approved(both, occurrence).status()).isEqualTo(302);
        assertThat(both.page(path).text()).contains("Lo aprobó quien lo escribió");
    }

    @Test
    void nobodyApprovesATimeThatTheySetThemselves() {
        var message = written("Ajeno", "Hola.");
        var occurrence = scheduled(message, Map.of("when", "EVENT", "daysBefore", "7", "time", "09:00"));
        var both = somebody(Role.EDITOR, Role.APPROVER);
        assertThat(both.submit(
                                "/envios/" + occurrence + "/reprogramar",
                                Map.of("when", "EVENT", "daysBefore", "5", "time", "09:00"))
                        .status())
                .isEqualTo(302);
        // an event that moves takes the time along, and is nobody's decision about the sending
        transaction.executeWithoutResult(
                status -> events.publishEvent(new PlanEventMoved(event, inDays(60, 9), inDays(60, 9))));

        assertThat(approved(both, occurrence).status()).isEqualTo(409);
        assertThat(approved(approver, occurrence).status()).isEqualTo(302);
    }

    @Test
    void aCommentComesBackToTheAuthorAndAnEditVoidsTheApproval() {
        var message = written("Con errores", "Ola, {{nombre}}.");
        var occurrence = scheduled(message, at(inDays(3, 9)));
        var path = "/envios/" + occurrence;
        assertThat(approver.submit(path + "/devolver", Map.of("comment", " ")).status())
                .isEqualTo(409);
        approver.submit(path + "/devolver", Map.of("comment", "Hola se escribe con hache"));

        assertThat(state(occurrence)).isEqualTo("RETURNED");
        assertThat(editor.page("/mensajes/" + message).text()).contains("Hola se escribe con hache");
        var corrected = form("Con errores", "Hola, {{nombre}}.");
        corrected.put("basis", "1");
        editor.submit("/mensajes/" + message + "/editar", corrected);
        assertThat(approved(approver, occurrence).status()).isEqualTo(409);
        editor.submit(path + "/revision", Map.of());
        assertThat(approved(approver, occurrence).status()).isEqualTo(302);
        assertThat(state(occurrence)).isEqualTo("SCHEDULED");

        corrected.put("basis", "2");
        corrected.put("EMAIL.body", "Hola otra vez, {{nombre}}.");
        editor.submit("/mensajes/" + message + "/editar", corrected);

        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");
        assertThat(approver.page(path + "/aprobacion").text())
                .contains("La aprobación se anuló", "Hola, {{nombre}}.", "Hola otra vez, {{nombre}}.");
    }

    @Test
    void anotherFilterOfItsAudienceVoidsTheApprovalAndOtherMembersDoNot() {
        var name = "Filtro " + UUID.randomUUID();
        var filter = new LinkedHashMap<>(Map.of(
                "name", name,
                "version", "0",
                "filtered", "true",
                "conditions[0].field", "ORGANISATION",
                "conditions[0].test", "CONTAINS",
                "conditions[0].text", name));
        assertThat(editor.submit("/publicos", filter).status()).isEqualTo(302);
        var filtered = number("select id from audience where name = :one", name);
        var form = form("Filtrado", "Hola.");
        form.put("audiences", String.valueOf(filtered));
        var message = id(editor.submit("/mensajes/nuevo", form));
        var occurrence = scheduled(message, at(inDays(3, 9)));
        assertThat(approved(approver, occurrence).status()).isEqualTo(302);

        jdbc.sql("update contact set organisation = :name where id = :id")
                .param("name", name)
                .param("id", person)
                .update();
        filter.put("target", "50");
        assertThat(editor.submit("/publicos/" + filtered, filter).status()).isEqualTo(302);
        assertThat(state(occurrence)).isEqualTo("SCHEDULED");

        filter.put("version", "1");
        filter.put("conditions[0].text", "Junta");
        assertThat(editor.submit("/publicos/" + filtered, filter).status()).isEqualTo(302);
        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");
        assertThat(approver.page("/envios/" + occurrence + "/aprobacion").text())
                .contains("cambió el filtro de un público");
    }

    @Test
    void theApproverReadsToWhomItGoesAsWhomAndWithWhat() {
        var name = "Junta " + UUID.randomUUID();
        editor.submit(
                "/publicos",
                Map.of(
                        "name", name,
                        "version", "0",
                        "filtered", "true",
                        "conditions[0].field", "ORGANISATION",
                        "conditions[0].test", "CONTAINS",
                        "conditions[0].text", "comuna 4"));
        jdbc.sql("update institution set sender_name = 'Oficina de Planeación', reply_to = 'planeacion@example.org'")
                .update();
        var author = accounts.create("lleva" + System.nanoTime(), "Lleva", "una clave de prueba", Set.of(Role.EDITOR));
        var kept = attachments.keep(
                "informe.pdf", Arrays.copyOf("%PDF-1.7".getBytes(StandardCharsets.UTF_8), 42_000), false, author);
        var form = form("Con todo", "Hola.");
        form.put("audiences", String.valueOf(number("select id from audience where name = :one", name)));
        form.put("EMAIL.attachments", kept.sha256() + "|" + kept.mediaType() + "|" + kept.fileName());

        var occurrence = scheduled(id(editor.submit("/mensajes/nuevo", form)), at(inDays(3, 9)));

        assertThat(approver.page("/envios/" + occurrence + "/aprobacion").text())
                .contains(
                        name + ", por filtro: Entidad u organización contiene «comuna 4»",
                        "rendicion-de-cuentas",
                        "Oficina de Planeación",
                        "planeacion@example.org",
                        "informe.pdf (42 kB)",
                        "Auditorio");
        jdbc.sql("update institution set sender_name = null, reply_to = null").update();
    }

    @Test
    void whatHasBegunIsShownAsItWasApproved() {
        var message = written("Ya salió", "Hola.");
        var time = new LinkedHashMap<>(at(Instant.now().minusSeconds(120)));
        time.putAll(Map.of("override", "true", "reason", "prueba automática"));
        var occurrence = scheduled(message, time);
        var path = "/envios/" + occurrence + "/aprobacion";
        assertThat(approver.page(path).text()).contains("id=\"salida\"", "/cuentas?envio=" + occurrence);
        approved(approver, occurrence);
        Awaitility.await().untilAsserted(() -> assertThat(occurrences.find(occurrence))
                .hasValueSatisfying(one -> assertThat(one.startedAt()).isNotNull()));

        jdbc.sql("update plan_event set name = 'Otra reunión', place = 'Coliseo' where id = :id")
                .param("id", event)
                .update();

        assertThat(approver.page("/mensajes/" + message + "/marco/EMAIL?envio=" + occurrence)
                        .text())
                .contains("Le invitamos a Audiencia pública");
        assertThat(approver.page(path).text())
                .contains("Qué se aprobó", "El envío empezó", "Auditorio")
                .doesNotContain("id=\"salida\"", "/cuentas", "Coliseo");
    }

    @Test
    void whatTheApproverHasNotSeenIsNotApproved() {
        var message = written("Carrera", "Hola.");
        var occurrence = scheduled(message, at(inDays(3, 9)));
        var seen = approver.page("/envios/" + occurrence + "/aprobacion")
                .text()
                .replaceAll("(?s).*name=\"seen\" value=\"([0-9a-f]+)\".*", "$1");
        var changed = form("Carrera", "Adiós.");
        changed.put("basis", "1");
        editor.submit("/mensajes/" + message + "/editar", changed);

        var answer = approver.submit("/envios/" + occurrence + "/aprobacion", Map.of("seen", seen));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void twoPeopleWhoEditAtOnceLoseNothing() {
        var message = written("Dos", "Hola.");
        var first = form("Dos", "Texto de la primera persona");
        first.put("basis", "1");
        var second = form("Dos", "Texto de la segunda persona");
        second.put("basis", "1");
        editor.submit("/mensajes/" + message + "/editar", first);

        var answer = approver.submit("/mensajes/" + message + "/editar", second);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text())
                .contains(
                        "Texto de la primera persona",
                        "Texto de la segunda persona",
                        "Persona EDITOR",
                        "name=\"basis\" value=\"2\"");
        assertThat(number("select count(*) from message_version where message_id = cast(:one as bigint)", "" + message))
                .isEqualTo(2);
    }

    @Test
    void whatWasChangedBehindTheApplicationsBackDoesNotLeave() {
        var message = written("Alterado", "Hola.");
        var occurrence = scheduled(message, at(Instant.now().minusSeconds(120)));
        jdbc.sql("update occurrence set due_at = now() + interval '3 seconds' where id = :id")
                .param("id", occurrence)
                .update();
        assertThat(approved(approver, occurrence).status()).isEqualTo(302);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("alter table message_version disable trigger user").update();
            jdbc.sql("""
                            update message_version set channels = replace(channels::text, 'Hola.', 'Hola!')::jsonb
                            where message_id = :message
                            """).param("message", message).update();
            jdbc.sql("alter table message_version enable trigger user").update();
        });

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(state(occurrence))
                .isEqualTo("HELD"));
        assertThat(number("select count(*) from delivery where occurrence_id = cast(:one as bigint)", "" + occurrence))
                .isZero();
    }

    @Test
    void anAttachmentIsToldByItsContentAndCoveredByTheApproval() {
        var refused = editor.submitFile(
                "/mensajes/nuevo",
                form("Adjunto", "Hola."),
                "EMAIL.attachments.new",
                "programa.pdf",
                "MZ not a pdf".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("«programa.pdf» no se admite", "Hola.");

        var kept = editor.submitFile(
                "/mensajes/nuevo",
                form("Adjunto", "Hola."),
                "EMAIL.attachments.new",
                "../../programa.exe",
                "%PDF-1.7 programa".getBytes(StandardCharsets.UTF_8));
        var message = id(kept);
        assertThat(editor.page("/mensajes/" + message + "/marco/EMAIL").text()).contains(">programa.pdf<");
        var occurrence = scheduled(message, at(inDays(3, 9)));
        var seen = approver.page("/envios/" + occurrence + "/aprobacion")
                .text()
                .replaceAll("(?s).*name=\"seen\" value=\"([0-9a-f]+)\".*", "$1");
        jdbc.sql("alter table message_file disable trigger user").update();
        jdbc.sql("alter table message_file drop constraint message_file_is_what_it_says")
                .update();
        jdbc.sql("update message_file set bytes = bytes || '!'::bytea").update();

        assertThat(approver.submit("/envios/" + occurrence + "/aprobacion", Map.of("seen", seen))
                        .status())
                .isEqualTo(409);

        jdbc.sql("update message_file set bytes = substring(bytes from 1 for length(bytes) - 1)")
                .update();
        jdbc.sql("alter table message_file add constraint message_file_is_what_it_says check (sha256 = sha256(bytes))")
                .update();
        jdbc.sql("alter table message_file enable trigger user").update();
        assertThat(approver.submit("/envios/" + occurrence + "/aprobacion", Map.of("seen", seen))
                        .status())
                .isEqualTo(302);
    }

    @Test
    void movesWithItsEventAndThenNeedsANewApproval() {
        var message = written("Relativo", "Hola.");
        var occurrence = scheduled(message, Map.of("when", "EVENT", "daysBefore", "7", "time", "09:00"));
        approved(approver, occurrence);

        transaction.executeWithoutResult(status -> {
            jdbc.sql("update plan_event set starts_at = :starts, ends_at = :ends where id = :id")
                    .param("starts", utc(inDays(70, 9)))
                    .param("ends", utc(inDays(70, 12)))
                    .param("id", event)
                    .update();
            events.publishEvent(new PlanEventMoved(event, inDays(60, 9), inDays(70, 9)));
        });

        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");
        var page = approver.page("/envios/" + occurrence + "/aprobacion").text();
        assertThat(page).contains("el envío se movió con él");
        assertThat(jdbc.sql("select due_at from occurrence where id = :id")
                        .param("id", occurrence)
                        .query(java.time.OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isEqualTo(inDays(63, 9));
    }

    @Test
    void whatHasATimeOfItsOwnDoesNotMoveWithItsEventAndWaitsWithItsTrouble() {
        var occurrence = scheduled(written("Con hora propia", "Hola."), at(inDays(3, 9)));
        approved(approver, occurrence);
        var path = "/planes/" + number("select plan_id from plan_event where id = cast(:one as bigint)", "" + event)
                + "/eventos/" + event;
        var form = PageForms.fields(editor.page(path).text());
        form.put("date", LocalDate.now(BOGOTA).plusDays(2).toString());

        var saved = editor.submit(path, form);

        assertThat(saved.location()).endsWith(path);
        assertThat(editor.page(path).text())
                .contains("/envios/" + occurrence + "/aprobacion", "Con hora propia", "espera aprobación");
        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");
        assertThat(approver.page("/envios/" + occurrence + "/aprobacion").text())
                .contains("conserva la hora que se le puso", "nadie lo recibiría")
                .doesNotContain("se movió con él", "id=\"aprobar\"");
    }

    @Test
    void anEventOrAnInstitutionThatChangesVoidsTheApprovalAtOnceAndSavingItUnchangedDoesNot() {
        var message = written("Con evento", "Hola.");
        var occurrence = scheduled(message, at(inDays(3, 9)));
        var approval = "/envios/" + occurrence + "/aprobacion";
        var path = "/planes/" + number("select plan_id from plan_event where id = cast(:one as bigint)", "" + event)
                + "/eventos/" + event;
        approved(approver, occurrence);

        assertThat(editor.submit(path, PageForms.fields(editor.page(path).text()))
                        .status())
                .isEqualTo(302);
        jdbc.sql("update plan_event set version = version + 1 where id = :id")
                .param("id", event)
                .update();
        var settings = admin();
        assertThat(settings.submit("/ajustes", institution(settings)).status()).isEqualTo(302);
        assertThat(state(occurrence)).isEqualTo("SCHEDULED");
        assertThat(number("select version from plan_event where id = cast(:one as bigint)", "" + event))
                .isEqualTo(1);

        var elsewhere = PageForms.fields(editor.page(path).text());
        elsewhere.put("place", "Coliseo");
        editor.submit(path, elsewhere);
        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");
        assertThat(approver.page(approval).text()).contains("porque cambiaron los datos del evento");

        approved(approver, occurrence);
        assertThat(state(occurrence)).isEqualTo("SCHEDULED");
        var renamed = institution(settings);
        renamed.put("name", "Otra entidad");
        assertThat(settings.submit("/ajustes", renamed).status()).isEqualTo(302);
        assertThat(state(occurrence)).isEqualTo("AWAITING_APPROVAL");
        assertThat(approver.page(approval).text()).contains("porque cambiaron los datos de la entidad");
    }

    /** The institution's own form among those of its page. */
    private static Map<String, String> institution(HttpApi admin) {
        return PageForms.fields(
                admin.page("/ajustes").text().replaceAll("(?s).*(<form[^>]* action=\"/ajustes\".*?</form>).*", "$1"));
    }

    private HttpApi admin() {
        var admin = new HttpApi(port, data.path());
        admin.logIn();
        return admin;
    }

    @Test
    void saysHowManyItReachesAndWhoLacksWhat() {
        var message = written("Cuentas", "Hola, {{nombre}} de {{entidad}}.");

        Awaitility.await().untilAsserted(() -> assertThat(
                        editor.page("/mensajes/" + message + "/cuentas").text())
                .contains("Le puede llegar a 1 de 2 personas", "motivo=NO_ADDRESS")
                .contains("A 1 persona le falta el dato «entidad»", "{{#entidad}} y {{/entidad}}")
                .doesNotContain("skipIncomplete"));
        var refused = editor.submit("/mensajes/" + message + "/programar", at(inDays(1, 10)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("A 1 persona le falta el dato «entidad»", "{{#entidad}} y {{/entidad}}")
                .doesNotContain("«skipIncomplete»");
        assertThat(editor.page("/mensajes/" + message + "/personas?canal=EMAIL&motivo=NO_ADDRESS")
                        .text())
                .contains("Berta Ruiz")
                .doesNotContain("Ana Pérez");
    }

    @Test
    void whatGoesToNobodyInParticularIsNotCountedInPeople() {
        var message = poster();

        Awaitility.await().untilAsserted(() -> assertThat(
                        editor.page("/mensajes/" + message + "/cuentas").text())
                .contains(
                        "No va dirigido a personas una por una: se publica o se coloca en 1 lugar.",
                        "Listo para imprimir")
                .doesNotContain("Le puede llegar a"));
    }

    @Test
    void offersThePurposesThatPeopleWereAskedForAndKeepsAnother() {
        var form = form("Boletín", "Hola.");
        form.put("purpose", "Rendición de cuentas");
        var path = "/mensajes/" + id(editor.submit("/mensajes/nuevo", form)) + "/editar";
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means)
                        values (:person, 'EMAIL', 'boletín', 'REFUSED', 'formulario')
                        """).param("person", person).update();

        var page = editor.page(path).text();

        assertThat(page)
                .contains(
                        "<option value=\"boletín\">",
                        "<option value=\"rendicion-de-cuentas\">",
                        "Rendición de cuentas (nadie la ha autorizado)");
        assertThat(PageForms.fields(page)).containsEntry("purpose", "Rendición de cuentas");
        assertThat(PageForms.fields(editor.page("/mensajes/nuevo").text()))
                .containsEntry("purpose", "rendicion-de-cuentas");
    }

    @Test
    void aChannelOutOfTurnTakesNobodyFromThoseThatTakeTurns() {
        jdbc.sql("""
                        with phone as (
                            insert into contact_address (contact_id, kind, address, valid)
                            values (:person, 'PHONE', '+573001112233', true)
                        )
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        select :person, channel, 'rendicion-de-cuentas', 'GRANTED', 'formulario', now(), 'prueba'
                        from unnest(array['SMS', 'WHATSAPP']) as channel
                        """).param("person", person).update();
        var form = form("A todos por correo", "Hola.");
        form.remove("channels");
        form.putAll(Map.of("mode", "CASCADE", "patience", "4", "SMS.turn", "1", "WHATSAPP.turn", "2"));
        form.putAll(Map.of("SMS.text", "Hola.", "WHATSAPP.text", "Hola.", "EMAIL.turn", ""));
        var message = id(editor.submit("/mensajes/nuevo?channels=EMAIL&channels=SMS&channels=WHATSAPP", form));

        Awaitility.await().untilAsserted(() -> assertThat(
                        forecasts.of(drafting.find(message)).map(forecast -> forecast.channels().stream()
                                .collect(Collectors.toMap(Forecasts.OnChannel::channel, Forecasts.OnChannel::first))))
                .contains(Map.of("EMAIL", 1L, "SMS", 1L, "WHATSAPP", 0L)));
        var occurrence = scheduled(message, at(inDays(3, 9)));
        assertThat(approver.page("/envios/" + occurrence + "/aprobacion").text())
                .contains("SMS → WhatsApp", "Además, a todos y sin turno: correo electrónico");
    }

    @Test
    void listsThoseWhoWereCountedAPageAtATime() {
        jdbc.sql("""
                        with added as (
                            insert into contact (name) select 'Sin correo ' || n from generate_series(1, 120) n returning id
                        )
                        insert into audience_member (audience_id, contact_id) select :audience, id from added
                        """).param("audience", audience).update();
        var namesake = jdbc.sql("""
                        with added as (insert into contact (name) values ('Carla Ruiz') returning id),
                        member as (insert into audience_member (audience_id, contact_id) select :audience, id from added),
                        address as (
                            insert into contact_address (contact_id, kind, address, valid)
                            select added.id, kind, address, valid from added cross join contact_address where contact_id = :ana
                        ),
                        consent as (
                            insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                            select added.id, channel, purpose, decision, means, decided_at, evidence
                            from added cross join consent where contact_id = :ana
                        )
                        select id from added
                        """)
                .param("audience", audience)
                .param("ana", person)
                .query(Long.class)
                .single();
        var people = "/mensajes/" + written("A quién no", "Hola, {{nombre}}.") + "/personas?canal=EMAIL&motivo=";

        Awaitility.await().untilAsserted(() -> assertThat(
                        editor.page(people + "DUPLICATE_ADDRESS").text())
                .contains("Carla Ruiz", "/personas/" + namesake)
                .doesNotContain("Ana Pérez", "Berta Ruiz"));
        var first = editor.page(people + "NO_ADDRESS").text();
        var next = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(first);
        assertThat(next.find()).isTrue();
        var second = editor.page(next.group(1).replace("&amp;", "&")).text();
        assertThat(first).contains("Berta Ruiz", "Sin correo 99<").doesNotContain("Sin correo 100<");
        assertThat(second)
                .contains("Sin correo 100<", "Sin correo 120<")
                .doesNotContain("Sin correo 99<", "rel=\"next\"");
        assertThat(editor.page(people + "OPTED_OUT").text()).contains("No hay nadie así");
    }

    @Test
    void countsWhoMeetsASavedFilterAtThatMoment() {
        var name = "Filtro " + UUID.randomUUID();
        editor.submit(
                "/publicos",
                Map.of(
                        "name", name,
                        "version", "0",
                        "filtered", "true",
                        "conditions[0].field", "ORGANISATION",
                        "conditions[0].test", "CONTAINS",
                        "conditions[0].text", name));
        var form = form("Al momento", "Hola, {{nombre}}.");
        form.put("audiences", String.valueOf(number("select id from audience where name = :one", name)));
        var message = id(editor.submit("/mensajes/nuevo", form));
        jdbc.sql("update contact set organisation = :name where id = :id")
                .param("name", name)
                .param("id", person)
                .update();

        Awaitility.await().untilAsserted(() -> assertThat(
                        editor.page("/mensajes/" + message + "/cuentas").text())
                .contains("Le puede llegar a 1 de 1 personas")
                .doesNotContain("nadie tiene ese dato"));
    }

    @Test
    void aTestGoesToWhoAsksForItAndCountsNowhere() {
        var message = written("Ensayo", "Hola, {{nombre}}.");
        var address = UUID.randomUUID() + "@example.org";

        var answer = editor.submit("/mensajes/" + message + "/prueba", Map.of("channel", "EMAIL", "address", address));

        assertThat(answer.status()).isEqualTo(302);
        var admin = admin();
        Awaitility.await().untilAsserted(() -> assertThat(
                        admin.page("/sandbox?canal=EMAIL").text())
                .contains("[Prueba] Le invitamos a Audiencia pública"));
        assertThat(number(
                        "select count(*) from delivery d join occurrence o on o.id = d.occurrence_id join message_version v"
                                + " on v.id = o.version_id where v.message_id = cast(:one as bigint)",
                        "" + message))
                .isZero();
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where action = 'message.tested' and after::text like :address")
                        .param("address", "%" + address + "%")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aTestTellsNobodysDataToAnybodyElse() {
        var word = UUID.randomUUID().toString();
        var form = form("Datos", "Hola.");
        form.put("EMAIL.subject", word + " para {{nombre}}");
        var path = "/mensajes/" + id(editor.submit("/mensajes/nuevo", form)) + "/prueba";

        assertThat(tested(editor, path, UUID.randomUUID() + "@example.org").status())
                .isEqualTo(302);
        assertThat(tested(editor, path, addressOfPerson()).status()).isEqualTo(302);

        var admin = admin();
        Awaitility.await().untilAsserted(() -> assertThat(
                        admin.page("/sandbox?canal=EMAIL").text())
                .contains(word + " para Camila Rojas", word + " para Ana Pérez"));
    }

    @Test
    void aTestIsKeptFromWhoWantsNoMessagesFromPausedChannelsAndFromTooManyPeople() {
        var path = "/mensajes/" + written("Sin abuso", "Hola.") + "/prueba";
        var suppressed = UUID.randomUUID() + "@example.org";
        jdbc.sql("insert into suppression (kind, address, reason) values ('EMAIL', :address, 'COMPLAINED')")
                .param("address", suppressed)
                .update();
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        values (:person, 'EMAIL', 'rendicion-de-cuentas', 'REVOKED', 'enlace de baja', now(), 'prueba')
                        """).param("person", person).update();
        var free = UUID.randomUUID() + "@example.org";

        assertThat(tested(editor, path, suppressed.toUpperCase(Locale.ROOT)))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(422))
                .satisfies(answer -> assertThat(answer.text()).contains("pidió que no le escriban"));
        assertThat(tested(editor, path, addressOfPerson()).status()).isEqualTo(422);
        jdbc.sql("update channel_state set paused_by = 'PERSON' where channel = 'EMAIL'")
                .update();
        try {
            assertThat(tested(editor, path, free).text()).contains("está en pausa");
        } finally {
            jdbc.sql("update channel_state set paused_by = null where channel = 'EMAIL'")
                    .update();
        }
        assertThat(tested(editor, path, free).status()).isEqualTo(302);

        jdbc.sql("""
                        insert into audit_entry (actor, action, subject)
                        select actor, action, 'message/0' from (
                            select * from audit_entry where action = 'message.tested' order by id desc limit 1) as latest,
                            generate_series(1, 19)
                        """).update();
        assertThat(tested(editor, path, free))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(422))
                .satisfies(answer -> assertThat(answer.text()).contains("Ya envió 20 pruebas"));
        assertThat(tested(approver, path, free).status()).isEqualTo(302);
    }

    private static Answer tested(HttpApi who, String path, String address) {
        return who.submit(path, Map.of("channel", "EMAIL", "address", address));
    }

    private String addressOfPerson() {
        return jdbc.sql("select address from contact_address where contact_id = :person")
                .param("person", person)
                .query(String.class)
                .single();
    }

    @Test
    void aMessageBecomesATemplateAndATemplateAMessage() {
        var message = written("Para repetir", "Cuerpo de la plantilla, {{nombre}}.");

        var made = editor.submit("/mensajes/" + message + "/plantilla", Map.of());
        var template = id(made);
        var form = form("Plantilla cambiada", "Cuerpo cambiado, {{nombre}}.");
        form.put("basis", "1");

        assertThat(editor.submit("/plantillas/" + template + "/editar", form).status())
                .isEqualTo(302);
        assertThat(editor.submit("/plantillas/" + template + "/editar", form).status())
                .isEqualTo(409);
        assertThat(editor.page("/plantillas").text()).contains("Plantilla cambiada");
        assertThat(editor.page("/mensajes/nuevo?plantilla=" + template).text())
                .contains("Cuerpo cambiado, {{nombre}}.");
        assertThat(editor.page("/mensajes/" + message + "/marco/EMAIL?persona=" + person)
                        .text())
                .contains("Cuerpo de la plantilla, Ana");
    }

    @Test
    void whatPeopleTypeNeverBecomesMarkup() {
        jdbc.sql("update contact set name = :name where id = :id")
                .param("name", HOSTILE)
                .param("id", person)
                .update();
        var form = form(HOSTILE, HOSTILE + " [clic](javascript:alert(3)) {{nombre}}");
        form.put("EMAIL.subject", HOSTILE + "{{nombre}}");
        form.put("EMAIL.preheader", HOSTILE);
        form.put("EMAIL.button.label", HOSTILE);
        form.put("EMAIL.button.url", "https://example.org/?" + HOSTILE);
        form.put("purpose", "rendicion-de-cuentas");
        var saved = editor.submit("/mensajes/nuevo", form);
        assertThat(saved.status()).as(saved.text()).isEqualTo(302);
        var message = id(saved);
        editor.submit("/mensajes/" + message + "/plantilla", Map.of());

        for (var path : new String[] {
            "/mensajes",
            "/mensajes/" + message,
            "/mensajes/" + message + "/editar",
            "/mensajes/" + message + "/versiones/1",
            "/mensajes/" + message + "/vista/EMAIL",
            "/mensajes/" + message + "/marco/EMAIL?persona=" + person,
            "/mensajes/" + message + "/programar",
            "/mensajes/" + message + "/prueba",
            "/mensajes/" + message + "/cuentas",
            "/plantillas"
        }) {
            var page = editor.page(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.text())
                    .as(path)
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img src=x")
                    .doesNotContain("href=\"javascript:");
        }
        form.put("title", "");
        assertThat(editor.submit("/mensajes/nuevo", form).text()).doesNotContain("<script>alert", "<img src=x");
        assertThat(editor.submit("/mensajes/vista/EMAIL", form).text()).doesNotContain("<script>alert", "<img src=x");
    }

    @Test
    void savingTheFormWithoutAChangeKeepsWhatItDoesNotShow() {
        var name = jdbc.sql("select name from audience where id = :id")
                .param("id", audience)
                .query(String.class)
                .single();
        var message = new HttpApi(port, data.path())
                .post(
                        "/api/v1/messages",
                        Map.of(
                                "title",
                                "De un programa",
                                "audiences",
                                List.of(name),
                                "eventId",
                                event,
                                "channels",
                                Map.of(
                                        "EMAIL",
                                        Map.of(
                                                "content",
                                                Map.of(
                                                        "subject",
                                                        "Hola",
                                                        "body",
                                                        "Hola.",
                                                        "attachments",
                                                        List.of(
                                                                Map.of(
                                                                        "fileName", "cita.ics",
                                                                        "mediaType", "text/calendar",
                                                                        "bytes", "QkVHSU4=")))),
                                        "SMS",
                                        Map.of("content", Map.of("text", "Hola.")),
                                        // to everybody, whatever becomes of the others
                                        "WHATSAPP",
                                        Map.of("content", Map.of("text", "Hola."))),
                                "cascade",
                                Map.of("order", List.of("SMS", "EMAIL"), "patience", "PT90S")))
                .get("id")
                .asLong();
        // written by what knew more than the form does, while a channel was installed that now is not; and the event is
        // over
        jdbc.sql("alter table message_version disable trigger message_version_is_immutable")
                .update();
        jdbc.sql("""
                        update message_version set
                            channels = jsonb_set(channels, '{EMAIL,content,later}', '"algo"')
                                       || '{"TELEGRAM": {"content": {"text": "Hola"}, "outlets": []}}',
                            cascade = jsonb_set(cascade, '{order}', '["TELEGRAM", "SMS", "EMAIL"]')
                        where message_id = :id
                        """).param("id", message).update();
        jdbc.sql("alter table message_version enable trigger message_version_is_immutable")
                .update();
        jdbc.sql(
                        "update plan_event set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' where id = :id")
                .param("id", event)
                .update();
        var path = "/mensajes/" + message + "/editar";
        var page = editor.page(path).text();
        assertThat(page).contains("Este canal no está instalado", "cita.ics");
        var form = PageForms.fields(page);
        form.keySet().removeIf(key -> key.endsWith(".remove") || key.equals("remove") || key.equals("add"));
        form.put("mode", "CASCADE");
        // a browser sends one of a name for each; here they follow each other
        form.remove("channels");

        var answer = editor.submit(path + "?channels=EMAIL&channels=SMS&channels=TELEGRAM&channels=WHATSAPP", form);

        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        var versions = jdbc.sql("""
                        select jsonb_build_array(event_id, audience_ids, channels #- '{EMAIL,content,calendarInvitation}', cascade)::text
                        from message_version where message_id = :id order by number
                        """).param("id", message).query(String.class).list();
        assertThat(versions).hasSize(2);
        assertThat(versions.get(1)).isEqualTo(versions.get(0));

        // what remains of it is counted, scheduled and looked at as if that channel were not there
        Awaitility.await().untilAsserted(() -> assertThat(
                        editor.page("/mensajes/" + message + "/cuentas").text())
                .contains("Le puede llegar a 1 de 2 personas"));
        jdbc.sql(
                        "update plan_event set starts_at = now() + interval '20 days', ends_at = now() + interval '21 days' where id = :id")
                .param("id", event)
                .update();
        var occurrence = scheduled(message, at(inDays(1, 10)));
        assertThat(approver.page("/envios/" + occurrence + "/aprobacion").status())
                .isEqualTo(200);
        assertThat(approver.page("/mensajes/" + message).status()).isEqualTo(200);

        // where no channel remains, nothing would leave
        jdbc.sql("alter table message_version disable trigger message_version_is_immutable")
                .update();
        jdbc.sql("update message_version set channels = '{\"TELEGRAM\": {\"content\": {}}}', cascade = null where id in"
                        + " (select max(id) from message_version where message_id = :id)")
                .param("id", message)
                .update();
        var refused = editor.submit("/mensajes/" + message + "/programar", at(inDays(1, 10)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Este canal no está en esta instalación");
        jdbc.sql("""
                        update message_version set (channels, cascade) =
                            (select channels, cascade from message_version where message_id = :id and number = 1)
                        where message_id = :id and number = 2
                        """).param("id", message).update();
        jdbc.sql("alter table message_version enable trigger message_version_is_immutable")
                .update();

        form.put("basis", "2");
        form.put("EMAIL.subject", "Adiós");
        editor.submit(path + "?channels=EMAIL&channels=SMS", form);
        assertThat(jdbc.sql(
                                "select channels::text || cascade::text from message_version where message_id = :id and number = 3")
                        .param("id", message)
                        .query(String.class)
                        .single())
                .contains("Adiós", "QkVHSU4=", "algo")
                .doesNotContain("TELEGRAM");

        form.put("basis", "3");
        form.put("SMS.turn", "");
        assertThat(editor.submit(path + "?channels=EMAIL&channels=SMS&channels=WHATSAPP", form)
                        .text())
                .contains("Dé turno a por lo menos dos canales");
    }

    @Test
    void whatTheFormDoesNotOfferCannotBeSetThroughIt() {
        var form = form("Masivo", "Hola.");
        form.put("authorId", "1");
        form.put("state", "SCHEDULED");
        form.put("EMAIL.attachments", "../../etc/passwd|text/html|x.html");
        form.put("EMAIL.unknown", "x");
        var message = id(editor.submit("/mensajes/nuevo", form));

        assertThat(jdbc.sql("select channels::text from message_version where message_id = :id")
                        .param("id", message)
                        .query(String.class)
                        .single())
                .doesNotContain("passwd", "unknown");
        assertThat(editor.submit(
                                "/mensajes/" + message + "/programar",
                                Map.of("when", "AT", "at", "ayer", "state", "RUNNING"))
                        .status())
                .isEqualTo(422);
    }
}
