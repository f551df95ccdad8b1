package org.pregonero.dispatcher.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.audience.Audiences;
import org.pregonero.dispatcher.audience.ContactImport;
import org.pregonero.dispatcher.audience.ImportOptions;
import org.pregonero.dispatcher.institution.Institution;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.plan.EventDraft;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.pregonero.dispatcher.plan.PlanImport;
import org.pregonero.dispatcher.runtime.PrivateFile;
import org.pregonero.dispatcher.tabular.UploadedFile;

/** Sets the sample's institution up, and takes in its plan and its contacts. */
final class Intake {

    static final ZoneId ZONE = ZoneId.of("America/Bogota");

    private final Institutions institutions;
    private final Accounts accounts;
    private final PlanImport plans;
    private final PlanEvents events;
    private final ContactImport contacts;
    private final Clock clock;

    Intake(
            Institutions institutions,
            Accounts accounts,
            PlanImport plans,
            PlanEvents events,
            ContactImport contacts,
            Clock clock) {
        this.institutions = institutions;
        this.accounts = accounts;
        this.plans = plans;
        this.events = events;
        this.contacts = contacts;
        this.clock = clock;
    }

    /**
     * What there is to go on with.
     *
     * @param author writes, and {@code approver} approves: nobody approves an own message
     * @param event id of the event that people are invited to
     */
    record Ready(Actor author, Actor approver, long event) {}

    Ready run(PrintStream out) throws IOException {
        institutions.change(institution(Base64.getEncoder().encodeToString(resource("logo.png"))));
        out.println("Entidad: " + institutions.current().name());
        var plan = plans.run(sample("plan-de-comunicaciones.xlsx"), true, Actor.SYSTEM);
        out.println(
                "Plan: " + plan.proposal().actions().size() + " acciones, importadas de plan-de-comunicaciones.xlsx");
        var list = contacts.run(
                sample("contactos.csv"),
                new ImportOptions(
                        true,
                        Audiences.DEFAULT_PURPOSE,
                        "formatos firmados de la demostración (inventados)",
                        null,
                        true));
        out.println("Contactos: " + list.rows() + " filas, " + list.people() + " personas; a "
                + list.contactableEmail() + " se les puede escribir por correo y a " + list.contactablePhone()
                + " al celular; " + list.problemsTotal()
                + " observaciones sobre la lista");
        return new Ready(
                account("comunicaciones", "Oficina de Comunicaciones", Role.EDITOR),
                account("planeacion", "Jefatura de Planeación", Role.APPROVER),
                event(Objects.requireNonNull(plan.id())));
    }

    private static Institution institution(String logo) {
        return new Institution(
                "Instituto de Desarrollo Empresarial",
                logo,
                "#1f4e79",
                "#b45309",
                "Carrera 10 # 20-30, piso 2, Ciudad de Ejemplo",
                "https://instituto.example",
                "rendicion@instituto.example",
                "El Instituto trata sus datos para invitarle a la rendición de cuentas (Ley 1581 de 2012). Puede"
                        + " consultarlos, corregirlos o retirar su autorización escribiendo a rendicion@instituto.example.",
                ZONE,
                false,
                null,
                null,
                null);
    }

    private Actor account(String username, String displayName, Role role) {
        // nobody logs in here
        return accounts.create(username, displayName, PrivateFile.randomSecret(), Set.of(role));
    }

    /** A Thursday morning that leaves the time to prepare it, whenever the demo is run. */
    private long event(long plan) {
        var day = LocalDate.now(clock.withZone(ZONE)).plusDays(20).with(TemporalAdjusters.next(DayOfWeek.THURSDAY));
        return events.add(
                        plan,
                        new EventDraft(
                                "II Audiencia Pública de Rendición de Cuentas",
                                day.atTime(LocalTime.of(9, 0)).atZone(ZONE).toInstant(),
                                day.atTime(LocalTime.of(11, 30)).atZone(ZONE).toInstant(),
                                "Auditorio principal, Carrera 10 # 20-30",
                                "https://instituto.example/rendicion-de-cuentas"),
                        Actor.SYSTEM)
                .orElseThrow()
                .id();
    }

    private static UploadedFile sample(String name) throws IOException {
        return new UploadedFile(name, resource(name));
    }

    static byte[] resource(String name) throws IOException {
        try (var content = Intake.class.getResourceAsStream("/demo/" + name)) {
            if (content == null) {
                throw new FileNotFoundException(name);
            }
            return content.readAllBytes();
        }
    }
}
