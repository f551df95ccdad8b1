package org.pregonero.dispatcher.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Answer;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.pregonero.dispatcher.testing.SandboxMail;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What people do by hand: from the approval over the mail to those who do it to the evidence. */
@RunningApplication
class TaskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final byte[] PHOTO = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Sandbox sandbox;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TaskReminders reminders;

    @Autowired
    OfficeMails mails;

    private SandboxMail inbox;
    private HttpApi api = new HttpApi(0, HttpApi.Login.NOBODY);

    @BeforeEach
    void open() {
        inbox = new SandboxMail(sandbox);
        api = new HttpApi(port, data.path());
    }

    @AfterEach
    void letChannelsGo() {
        api.ask("POST", "/api/v1/channels/EMAIL/resume", null);
        api.ask("POST", "/api/v1/channels/BY_HAND/resume", null);
    }

    @Test
    void theResponsiblePeopleAreWrittenToOnceBeforeTheTaskIsDue() throws Exception {
        var occurrence = approved("antes", Duration.ofHours(2));
        var task = theTask(occurrence);

        assertThat(task.path("state").asString()).isEqualTo("OPEN");
        assertThat(task.path("deliveryState").isNull()).isTrue();
        assertThat(task.at("/what/what").asString()).isEqualTo("Cuña en Emisora antes");
        assertThat(task.at("/what/seconds").asInt()).isEqualTo(2);
        awaitMails(2);

        byTwo(() -> {
            reminders.write();
            mails.send();
        });

        assertThat(theTask(occurrence).path("told").valueStream())
                .extracting(told ->
                        told.path("name").asString() + " " + told.path("state").asString())
                .containsExactly("ana SENT", "luis SENT");
        assertThat(inbox.received())
                .extracting(MailServer.Mail::recipient)
                .containsExactlyInAnyOrder("ana-antes@ejemplo.gov.co", "luis-antes@ejemplo.gov.co");
        assertThat(inbox.received()).allMatch(mail -> mail.source().contains("Uno dos {{tres}}."));
    }

    @Test
    void theResponsiblePeopleAreToldOfACorrectionAndNotOfWhatItReplaced() {
        api.post("/api/v1/channels/EMAIL/pause", "{}");
        var occurrence = approved("corregida", Duration.ofHours(2));
        await().atMost(PATIENCE).until(() -> mailsOf(occurrence).size() == 2);

        var content = new HashMap<>(content("corregida"));
        content.put("script", "Cuatro cinco.");
        var revised = api.ask("PUT", "/api/v1/messages/" + messageOf(occurrence), draft(content, "corregida"));
        assertThat(revised.status()).isEqualTo(200);
        api.post("/api/v1/occurrences/" + occurrence + "/approval", "{}");
        await().atMost(PATIENCE).until(() -> mailsOf(occurrence).size() == 4);
        api.post("/api/v1/channels/EMAIL/resume", "{}");

        await().atMost(PATIENCE)
                .until(() -> mailsOf(occurrence).stream().filter("SENT"::equals).count() == 2);
        assertThat(mailsOf(occurrence)).containsExactlyInAnyOrder("SENT", "SENT", "WITHDRAWN", "WITHDRAWN");
        assertThat(inbox.received())
                .filteredOn(mail -> mail.recipient().endsWith("-corregida@ejemplo.gov.co"))
                .hasSize(2)
                .allMatch(mail -> mail.source().contains("Cuatro cinco."));
    }

    @Test
    void aTaskThatIsFarAwayIsNotYetRemindedOf() {
        var occurrence = approved("lejos", Duration.ofDays(3));
        theTask(occurrence);

        reminders.write();

        assertThat(mailsOf(occurrence)).isEmpty();
    }

    @Test
    void evidenceMovesTheDeliveryToDeliveredAndTheSameTwiceChangesNothing() throws Exception {
        var occurrence = approved("prueba", Duration.ZERO);
        var id = handedOver(occurrence);
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PHOTO));

        var proved = prove(id, "foto.exe", PHOTO, "&reach=4300").json();

        assertThat(proved.path("state").asString()).isEqualTo("DONE");
        assertThat(proved.path("deliveryState").asString()).isEqualTo("DELIVERED");
        assertThat(proved.at("/declared/reach").asInt()).isEqualTo(4300);
        assertThat(proved.at("/evidence/0/sha256").asString()).isEqualTo(sha256);
        assertThat(proved.at("/evidence/0/mediaType").asString()).isEqualTo("image/png");
        var log = log(occurrence);
        assertThat(log).containsExactly("PENDING", "QUEUED", "SENDING", "ACCEPTED", "DELIVERED");
        assertThat(api.get("/api/v1/deliveries?occurrence=" + occurrence)
                        .at("/deliveries/0/delivery/sha256")
                        .asString())
                .isEqualTo(sha256);
        // What was declared is in no measured figure.
        assertThat(api.get("/api/v1/occurrences/" + occurrence).toString()).doesNotContain("4300");

        var again = prove(id, "otra.png", PHOTO, "&reach=9");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(proved);
        assertThat(log(occurrence)).isEqualTo(log);

        var more = prove(id, "soporte.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII), "&reach=200")
                .json();
        assertThat(more.at("/declared/reach").asInt()).isEqualTo(4500);
        assertThat(log(occurrence)).isEqualTo(log);
    }

    @Test
    void evidenceIsHandedOutAsAFileAndNothingElse() {
        var id = theTask(approved("descarga", Duration.ofHours(2))).path("id").asLong();
        var evidence = prove(id, "<script>.html", PHOTO, "")
                .json()
                .at("/evidence/0/id")
                .asLong();

        var file = api.download("/api/v1/tasks/" + id + "/evidence/" + evidence);

        assertThat(file.body()).isEqualTo(PHOTO);
        assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"evidencia-" + evidence + ".png\"");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.headers().firstValue("Content-Security-Policy")).contains("default-src 'none'; sandbox");
        assertThat(api.download("/api/v1/tasks/" + (id + 1000) + "/evidence/" + evidence)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void evidenceThatCameEarlyCountsWhenTheTaskIsHandedOver() {
        api.post("/api/v1/channels/BY_HAND/pause", "{}");
        var occurrence = approved("pronto", Duration.ZERO);
        await().atMost(PATIENCE)
                .until(() ->
                        theTask(occurrence).path("deliveryState").asString().equals("PENDING"));
        var id = theTask(occurrence).path("id").asLong();

        var proved = prove(id, "foto.png", PHOTO, "").json();

        assertThat(proved.path("state").asString()).isEqualTo("DONE");
        assertThat(proved.path("deliveryState").asString()).isEqualTo("PENDING");
        api.post("/api/v1/channels/BY_HAND/resume", "{}");
        await().atMost(PATIENCE)
                .until(() ->
                        theTask(occurrence).path("deliveryState").asString().equals("DELIVERED"));
    }

    @Test
    void whatIsNoEvidenceIsRefusedWithAReason() {
        var id = theTask(approved("malo", Duration.ofHours(2))).path("id").asLong();
        var large = Arrays.copyOf(PHOTO, TaskReports.LARGEST_FILE + 1);
        var path = "/api/v1/tasks/" + id + "/evidence";

        assertRefused(prove(id, "foto.png", "<html>".getBytes(StandardCharsets.US_ASCII), ""), "no es una foto");
        assertRefused(prove(id, "foto.png", new byte[0], ""), "está vacío");
        assertRefused(prove(id, "foto.png", large, ""), "hasta 10 MB");
        assertRefused(prove(id, "foto.png", PHOTO, "&reach=-1"), "menos de cero");
        assertRefused(
                api.tryUpload(path + "?place=Plaza&date=" + today().plusDays(1), "foto.png", PHOTO),
                "no puede ser futura");
        assertRefused(api.tryUpload(path + "?place=%20&date=" + today(), "foto.png", PHOTO), "Falta «place»");
        assertThat(api.get("/api/v1/tasks/" + id).path("evidence")).isEmpty();
    }

    @Test
    void aTaskThatWasNotDoneSaysWhyAndTakesNoEvidence() {
        var occurrence = approved("nohecha", Duration.ZERO);
        var id = handedOver(occurrence);
        var path = "/api/v1/tasks/" + id + "/not-done";

        assertThat(api.ask("POST", path, Map.of("because", " ")).status()).isEqualTo(400);
        var declared = api.post(path, Map.of("because", "La emisora cerró"));
        var again = api.post(path, Map.of("because", "Otra cosa"));

        assertThat(declared.path("state").asString()).isEqualTo("NOT_DONE");
        assertThat(declared.path("deliveryState").asString()).isEqualTo("UNDELIVERED");
        assertThat(declared.at("/notDone/because").asString()).isEqualTo("La emisora cerró");
        assertThat(again).isEqualTo(declared);
        assertThat(prove(id, "foto.png", PHOTO, "").status()).isEqualTo(409);
        assertThat(log(occurrence)).endsWith("ACCEPTED", "UNDELIVERED");
    }

    @Test
    void aTaskWithEvidenceCannotBeDeclaredNotDone() {
        var id = theTask(approved("hecha", Duration.ofHours(2))).path("id").asLong();
        prove(id, "foto.png", PHOTO, "");

        var refused = api.ask("POST", "/api/v1/tasks/" + id + "/not-done", Map.of("because", "No"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("ya tiene evidencia");
    }

    @Test
    void aRefusalSpeaksTheReadersLanguage() {
        var refusal = TaskRefusedException.wrong("tooLarge", 10);

        assertThat(refusal.say(Locale.forLanguageTag("es-CO"))).contains("demasiado grande", "10 MB");
        assertThat(refusal.say(Locale.ENGLISH)).contains("too large", "10 MB");
    }

    @Test
    void aCancelledTaskIsWithdrawnAndSoIsItsMail() {
        api.post("/api/v1/channels/EMAIL/pause", "{}");
        var occurrence = approved("cancelada", Duration.ofHours(2));
        var id = theTask(occurrence).path("id").asLong();
        await().atMost(PATIENCE).until(() -> mailsOf(occurrence).size() == 2);

        api.post("/api/v1/occurrences/" + occurrence + "/cancel", "{}");

        await().atMost(PATIENCE).until(() -> mailsOf(occurrence).equals(List.of("WITHDRAWN", "WITHDRAWN")));
        assertThat(api.get("/api/v1/tasks/" + id).path("state").asString()).isEqualTo("WITHDRAWN");
        assertThat(prove(id, "foto.png", PHOTO, "").status()).isEqualTo(409);
    }

    @Test
    void aMailWhoseSenderDiedIsNotSentAgain() {
        api.post("/api/v1/channels/EMAIL/pause", "{}");
        var occurrence = approved("muerta", Duration.ofHours(2));
        await().atMost(PATIENCE).until(() -> mailsOf(occurrence).size() == 2);
        jdbc.sql("""
                        update office_mail set state = 'SENDING', changed_at = now() - interval '1 hour'
                        where address = 'ana-muerta@ejemplo.gov.co'
                        """).update();

        api.post("/api/v1/channels/EMAIL/resume", "{}");

        await().atMost(PATIENCE).until(() -> mailsOf(occurrence).equals(List.of("IN_DOUBT", "SENT")));
        assertThat(inbox.received())
                .extracting(MailServer.Mail::recipient)
                .contains("luis-muerta@ejemplo.gov.co")
                .doesNotContain("ana-muerta@ejemplo.gov.co");
    }

    @Test
    void aTaskThatNobodyDoesIsNotScheduled() {
        var message = message(Map.of("medium", "PRESS", "what", "Publicar aviso"), "nadie");

        var refused = api.ask("POST", "/api/v1/messages/" + message + "/occurrences", Map.of());

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Falta quién hace la tarea");
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("America/Bogota"));
    }

    private long approved(String name, Duration ahead) {
        var message = message(content(name), name);
        var at = ahead.isZero()
                ? Map.of("contactHoursOverride", "prueba")
                : Map.of(
                        "contactHoursOverride",
                        "prueba",
                        "at",
                        Instant.now()
                                .plus(ahead)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        var occurrence = api.post("/api/v1/messages/" + message + "/occurrences", at)
                .path("id")
                .asLong();
        api.post("/api/v1/occurrences/" + occurrence + "/approval", "{}");
        return occurrence;
    }

    private static Map<String, Object> content(String name) {
        var people = List.of("ana", "luis").stream()
                .map(person -> Map.of("name", person, "email", person + "-" + name + "@ejemplo.gov.co"))
                .toList();
        return Map.of(
                "medium", "RADIO",
                "what", "Cuña en {{lugar}}",
                "script", "Uno dos tres.",
                "instructions", "Uno dos.",
                "responsible", people);
    }

    private static Map<String, Object> draft(Map<String, Object> content, String name) {
        return Map.of(
                "title",
                "Uno dos {{tres}}.",
                "channels",
                Map.of("BY_HAND", Map.of("content", content, "outlets", List.of("Emisora " + name))));
    }

    private long message(Map<String, Object> content, String name) {
        return api.post("/api/v1/messages", draft(content, name)).path("id").asLong();
    }

    private long messageOf(long occurrence) {
        return jdbc.sql("""
                        select v.message_id from occurrence o join message_version v on v.id = o.version_id
                        where o.id = :id
                        """).param("id", occurrence).query(Long.class).single();
    }

    private JsonNode theTask(long occurrence) {
        var path = "/api/v1/tasks?occurrence=" + occurrence;
        await().atMost(PATIENCE).until(() -> api.get(path).path("tasks").size() == 1);
        return api.get(path).at("/tasks/0");
    }

    private long handedOver(long occurrence) {
        await().atMost(PATIENCE)
                .until(() ->
                        theTask(occurrence).path("deliveryState").asString().equals("ACCEPTED"));
        return theTask(occurrence).path("id").asLong();
    }

    private Answer prove(long task, String name, byte[] file, String more) {
        var place = URLEncoder.encode("Plaza de Bolívar", StandardCharsets.UTF_8);
        return api.tryUpload(
                "/api/v1/tasks/" + task + "/evidence?place=" + place + "&date=" + today() + more, name, file);
    }

    private static void assertRefused(Answer answer, String why) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asString()).contains(why);
    }

    private List<String> log(long occurrence) {
        return jdbc.sql("""
                        select l.to_state from delivery_log l join delivery d on d.id = l.delivery_id
                        where d.occurrence_id = :id order by l.seq
                        """).param("id", occurrence).query(String.class).list();
    }

    /** States of the mails about an occurrence's tasks, by address. */
    private List<String> mailsOf(long occurrence) {
        return jdbc.sql("""
                        select m.state from office_mail m join task t on t.id = m.task_id
                        where t.occurrence_id = :id order by m.address
                        """).param("id", occurrence).query(String.class).list();
    }

    private void awaitMails(int mails) {
        await().atMost(PATIENCE).until(() -> inbox.received().size() >= mails);
    }

    /** By two threads at once, as two processes would. */
    private static void byTwo(Runnable step) throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        for (var done : List.of(threads.submit(step), threads.submit(step))) {
            done.get();
        }
        threads.shutdown();
    }
}
