package org.pregonero.dispatcher.account;

import static org.pregonero.dispatcher.account.Role.ADMIN;
import static org.pregonero.dispatcher.account.Role.APPROVER;
import static org.pregonero.dispatcher.account.Role.EDITOR;
import static org.pregonero.dispatcher.account.Role.EVALUATOR;
import static org.pregonero.dispatcher.account.Role.STAFF;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Who may do what, on one screen: one row for each route, as its controller writes it. What has no row here is closed
 * to everybody.
 *
 * @param pages everything but {@code /api}, for people with a browser
 * @param api the HTTP API, for programs with a key
 */
public record Permissions(List<Permission> pages, List<Permission> api) {

    /** No account is needed. */
    private static final Set<Role> PUBLIC = Set.of();

    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
    /** Who sees the names and addresses of the people written to. */
    private static final Set<Role> READERS = EnumSet.of(ADMIN, EDITOR, APPROVER, EVALUATOR);

    private static final Set<Role> WRITERS = EnumSet.of(ADMIN, EDITOR, APPROVER);
    private static final Set<Role> TASK_DOERS = EnumSet.of(ADMIN, EDITOR, APPROVER, STAFF);
    private static final Set<Role> APPROVERS = EnumSet.of(ADMIN, APPROVER);
    private static final Set<Role> EDITORS = EnumSet.of(ADMIN, EDITOR);
    private static final Set<Role> ADMINS = EnumSet.of(ADMIN);

    /**
     * A route and who may take it.
     *
     * @param path as a pattern of Spring's
     * @param roles empty for a route that is open to the public
     */
    public record Permission(HttpMethod method, String path, Set<Role> roles) {

        public boolean isPublic() {
            return roles.isEmpty();
        }

        /** What a key must be good for besides. */
        Scope scope() {
            if (method.equals(GET)) {
                return Scope.READ;
            }
            return roles.equals(APPROVERS) ? Scope.APPROVE : Scope.WRITE;
        }
    }

    /** Everything but {@code /api}, for people with a browser. */
    private static final List<Permission> PAGES = List.of(
            // the public
            row(GET, "/login", PUBLIC),
            row(POST, "/login", PUBLIC),
            row(POST, "/logout", PUBLIC),
            row(GET, "/error", PUBLIC),
            row(POST, "/error", PUBLIC),
            row(GET, "/static/**", PUBLIC),
            row(GET, "/webjars/**", PUBLIC),
            row(GET, "/piezas/**", PUBLIC),
            row(GET, "/baja/{token}", PUBLIC),
            row(POST, "/baja/{token}", PUBLIC),
            row(POST, "/entrada/{provider}", PUBLIC),
            row(POST, "/entrada/{provider}/{token}", PUBLIC),
            row(GET, "/enterado/{token}", PUBLIC),
            row(POST, "/enterado/{token}", PUBLIC),
            row(GET, "/anuncios", PUBLIC),
            row(GET, "/anuncios.json", PUBLIC),
            row(GET, "/anuncios.atom", PUBLIC),
            row(GET, "/anuncios/{token}", PUBLIC),
            row(GET, "/anuncios/{token}/evento.ics", PUBLIC),
            row(POST, "/anuncios/{token}/asistencia", PUBLIC),
            row(POST, "/anuncios/{token}/pregunta", PUBLIC),
            row(GET, "/i/{token}/{link}", PUBLIC),
            row(GET, "/v3/api-docs", PUBLIC),
            row(GET, "/v3/api-docs/**", PUBLIC),
            row(GET, "/v3/api-docs.yaml", PUBLIC),
            row(GET, "/actuator/health", PUBLIC),
            row(GET, "/actuator/health/**", PUBLIC),
            row(GET, "/actuator/**", ADMINS),
            // one's own account; who was given a password has to choose another, evaluators too
            row(GET, "/cuenta", EVERYBODY),
            row(GET, "/cuenta/contrasena", EVERYBODY),
            row(POST, "/cuenta/contrasena", EVERYBODY),
            row(POST, "/cuenta/claves", TASK_DOERS),
            row(POST, "/cuenta/claves/{key}/revocar", TASK_DOERS),
            // accounts
            row(GET, "/usuarios", ADMINS),
            row(POST, "/usuarios", ADMINS),
            row(GET, "/usuarios/{id}", ADMINS),
            row(POST, "/usuarios/{id}", ADMINS),
            row(POST, "/usuarios/{id}/contrasena", ADMINS),
            row(POST, "/usuarios/{id}/sesiones", ADMINS),
            row(POST, "/usuarios/{id}/deshabilitar", ADMINS),
            row(POST, "/usuarios/{id}/habilitar", ADMINS),
            row(POST, "/usuarios/{id}/claves/{key}/revocar", ADMINS),
            // plans
            row(GET, "/planes", EVERYBODY),
            row(POST, "/planes", WRITERS),
            row(GET, "/planes/importar", WRITERS),
            row(POST, "/planes/importar", WRITERS),
            row(GET, "/planes/importar/{upload}", WRITERS),
            row(POST, "/planes/importar/{upload}", WRITERS),
            row(POST, "/planes/importar/{upload}/confirmar", WRITERS),
            row(POST, "/planes/importar/{upload}/descartar", WRITERS),
            row(GET, "/planes/{id}", EVERYBODY),
            row(POST, "/planes/{id}", WRITERS),
            row(GET, "/planes/{id}/etapas", WRITERS),
            row(POST, "/planes/{id}/etapas", WRITERS),
            row(GET, "/planes/{plan}/acciones/nueva", WRITERS),
            row(POST, "/planes/{plan}/acciones", WRITERS),
            row(GET, "/planes/{plan}/acciones/{action}", EVERYBODY),
            row(POST, "/planes/{plan}/acciones/{action}", WRITERS),
            row(POST, "/planes/{plan}/acciones/{action}/quitar", WRITERS),
            row(GET, "/planes/{plan}/eventos/nuevo", WRITERS),
            row(POST, "/planes/{plan}/eventos", WRITERS),
            row(GET, "/planes/{plan}/eventos/{event}", EVERYBODY),
            row(POST, "/planes/{plan}/eventos/{event}", WRITERS),
            row(POST, "/planes/{plan}/eventos/{event}/quitar", WRITERS),
            // people; a search is by POST so that no address of a person gets into an address of a page
            row(GET, "/personas", READERS),
            row(POST, "/personas", READERS),
            row(GET, "/personas/importar", WRITERS),
            row(POST, "/personas/importar", WRITERS),
            row(GET, "/personas/importar/{id}", WRITERS),
            row(POST, "/personas/importar/{id}", WRITERS),
            row(GET, "/personas/importar/{id}/avance", WRITERS),
            row(GET, "/personas/importar/{id}/corregir.csv", WRITERS),
            row(GET, "/personas/importar/{id}/corregir.xlsx", WRITERS),
            row(POST, "/personas/importar/{id}/confirmar", WRITERS),
            row(POST, "/personas/importar/{id}/descartar", WRITERS),
            row(GET, "/personas/sin-prueba", READERS),
            row(POST, "/personas/sin-prueba", WRITERS),
            row(GET, "/personas/{id}", READERS),
            row(POST, "/personas/{id}", WRITERS),
            row(GET, "/personas/{id}/datos.json", READERS),
            row(POST, "/personas/{id}/autorizacion", WRITERS),
            row(POST, "/personas/{id}/revocacion", WRITERS),
            row(POST, "/personas/{id}/supresion", WRITERS),
            row(GET, "/publicos", READERS),
            row(POST, "/publicos", WRITERS),
            row(GET, "/publicos/nuevo", WRITERS),
            row(GET, "/publicos/{id}", READERS),
            row(POST, "/publicos/{id}", WRITERS),
            row(POST, "/publicos/{id}/actualizar", WRITERS),
            row(POST, "/publicos/{id}/quitar", WRITERS),
            row(GET, "/bajas", READERS),
            row(GET, "/bajas/direcciones", READERS),
            // settings
            row(GET, "/ajustes", EVERYBODY),
            row(POST, "/ajustes", ADMINS),
            row(GET, "/ajustes/logo", EVERYBODY),
            row(POST, "/ajustes/logo", ADMINS),
            row(POST, "/ajustes/logo/quitar", ADMINS),
            row(POST, "/ajustes/horario", ADMINS),
            row(POST, "/ajustes/festivos", ADMINS),
            row(POST, "/ajustes/festivos/{day}/quitar", ADMINS),
            row(GET, "/ajustes/avisos", EVERYBODY),
            row(GET, "/auditoria", READERS),
            row(GET, "/auditoria.csv", READERS),
            // sendings
            row(GET, "/", EVERYBODY),
            row(GET, "/envios", EVERYBODY),
            row(GET, "/envios/{id}", EVERYBODY),
            row(GET, "/envios/{id}/entregas", READERS),
            row(GET, "/envios/{id}/avance", EVERYBODY),
            row(POST, "/envios/{id}/pausar", WRITERS),
            row(POST, "/envios/{id}/reanudar", WRITERS),
            row(GET, "/envios/{id}/cancelar", WRITERS),
            row(POST, "/envios/{id}/cancelar", WRITERS),
            row(POST, "/envios/{id}/reintentar", WRITERS),
            row(POST, "/envios/{id}/verificar", WRITERS),
            row(POST, "/entregas/{id}/verificar", WRITERS),
            row(GET, "/envios/{id}/entregas.csv", READERS),
            row(GET, "/envios/{id}/entregas.xlsx", READERS),
            row(GET, "/entregas/{id}", READERS),
            // what people wrote to the office
            row(GET, "/respuestas", READERS),
            row(POST, "/respuestas/{id}/atendida", WRITERS),
            // reach: figures for everybody, people by name for readers
            row(GET, "/alcance", EVERYBODY),
            row(GET, "/alcance/definiciones", EVERYBODY),
            row(GET, "/alcance/mensajes/{id}", EVERYBODY),
            row(GET, "/alcance/mensajes/{id}/cifras.csv", EVERYBODY),
            row(GET, "/alcance/mensajes/{id}/cifras.xlsx", EVERYBODY),
            row(GET, "/alcance/{id}", EVERYBODY),
            row(GET, "/alcance/{id}/cifras.csv", EVERYBODY),
            row(GET, "/alcance/{id}/cifras.xlsx", EVERYBODY),
            row(GET, "/alcance/{id}/personas", READERS),
            row(GET, "/canales", EVERYBODY),
            row(POST, "/canales/{channel}/pausar", WRITERS),
            row(POST, "/canales/{channel}/reanudar", WRITERS),
            row(POST, "/canales/{channel}/revisar", WRITERS),
            // tasks
            row(GET, "/tareas", EVERYBODY),
            row(GET, "/tareas/{id}", EVERYBODY),
            row(GET, "/tareas/{id}/evidencia/{evidence}", EVERYBODY),
            row(POST, "/tareas/{id}/evidencia", TASK_DOERS),
            row(POST, "/tareas/{id}/no-hecha", TASK_DOERS),
            // messages; previews show people by name
            row(GET, "/mensajes", EVERYBODY),
            row(GET, "/mensajes/nuevo", WRITERS),
            row(POST, "/mensajes/nuevo", WRITERS),
            row(GET, "/mensajes/{id}", EVERYBODY),
            row(GET, "/mensajes/{id}/editar", WRITERS),
            row(POST, "/mensajes/{id}/editar", WRITERS),
            row(GET, "/mensajes/{id}/versiones/{number}", EVERYBODY),
            row(GET, "/mensajes/{id}/vista/{channel}", READERS),
            row(GET, "/mensajes/{id}/marco/{channel}", READERS),
            row(POST, "/mensajes/vista/{channel}", WRITERS),
            row(GET, "/mensajes/archivos/{hash}", EVERYBODY),
            row(GET, "/mensajes/{id}/cuentas", READERS),
            row(GET, "/mensajes/{id}/personas", READERS),
            row(GET, "/mensajes/{id}/programar", WRITERS),
            row(POST, "/mensajes/{id}/programar", WRITERS),
            row(POST, "/mensajes/{id}/cuando", WRITERS),
            row(GET, "/mensajes/{id}/prueba", WRITERS),
            row(POST, "/mensajes/{id}/prueba", WRITERS),
            row(POST, "/mensajes/{id}/plantilla", WRITERS),
            row(GET, "/plantillas", EVERYBODY),
            row(GET, "/plantillas/{id}", EVERYBODY),
            row(GET, "/plantillas/{id}/editar", WRITERS),
            row(POST, "/plantillas/{id}/editar", WRITERS),
            row(POST, "/plantillas/{id}/retirar", WRITERS),
            row(GET, "/aprobaciones", EVERYBODY),
            row(GET, "/envios/{id}/aprobacion", READERS),
            row(POST, "/envios/{id}/aprobacion", APPROVERS),
            row(POST, "/envios/{id}/devolver", APPROVERS),
            row(POST, "/envios/{id}/revision", WRITERS),
            row(POST, "/envios/{id}/liberar", APPROVERS),
            row(GET, "/envios/{id}/reprogramar", WRITERS),
            row(POST, "/envios/{id}/reprogramar", WRITERS),
            // the sandbox
            row(GET, "/sandbox", READERS),
            row(GET, "/sandbox/correo/{id}/html", READERS),
            row(GET, "/sandbox/imagen/{id}", READERS),
            row(GET, "/sandbox/conversacion/{id}", READERS),
            row(GET, "/sandbox/fallas", READERS),
            // a search, by POST so that no address of a person gets into an address of a page
            row(POST, "/sandbox/buscar", READERS),
            row(POST, "/sandbox/conversacion/{id}", EDITORS),
            row(POST, "/sandbox/fallas", EDITORS));

    /** The HTTP API, for programs with a key. */
    private static final List<Permission> API = List.of(
            row(GET, "/api/v1/institution", EVERYBODY),
            row(PUT, "/api/v1/institution", ADMINS),
            // plans and people
            row(GET, "/api/v1/plans", EVERYBODY),
            row(GET, "/api/v1/plans/{id}", EVERYBODY),
            row(POST, "/api/v1/plans/imports", WRITERS),
            row(POST, "/api/v1/plans/{id}/events", WRITERS),
            row(GET, "/api/v1/audiences", EVERYBODY),
            row(GET, "/api/v1/audiences/{id}", EVERYBODY),
            row(POST, "/api/v1/contacts/imports", WRITERS),
            // messages
            row(POST, "/api/v1/messages", WRITERS),
            row(GET, "/api/v1/messages/{id}", EVERYBODY),
            row(PUT, "/api/v1/messages/{id}", WRITERS),
            row(GET, "/api/v1/messages/{id}/invitations.pdf", WRITERS),
            row(POST, "/api/v1/messages/{id}/occurrences", WRITERS),
            // sendings; what makes a message leave is for approvers
            row(GET, "/api/v1/occurrences", EVERYBODY),
            row(GET, "/api/v1/occurrences/{id}", EVERYBODY),
            row(POST, "/api/v1/occurrences/{id}/approval", APPROVERS),
            row(POST, "/api/v1/occurrences/{id}/release", APPROVERS),
            row(POST, "/api/v1/occurrences/{id}/pause", WRITERS),
            row(POST, "/api/v1/occurrences/{id}/resume", WRITERS),
            row(POST, "/api/v1/occurrences/{id}/cancel", WRITERS),
            row(GET, "/api/v1/occurrences/{id}/clicks", EVERYBODY),
            row(GET, "/api/v1/occurrences/{id}/acknowledgements", READERS),
            row(GET, "/api/v1/deliveries", READERS),
            row(GET, "/api/v1/deliveries/{id}", READERS),
            row(POST, "/api/v1/deliveries/{id}/resolution", WRITERS),
            row(POST, "/api/v1/deliveries/{id}/withdrawal", WRITERS),
            row(GET, "/api/v1/channels", EVERYBODY),
            row(POST, "/api/v1/channels/{channel}/pause", WRITERS),
            row(POST, "/api/v1/channels/{channel}/resume", WRITERS),
            // what citizens wrote and answered is for the office
            row(GET, "/api/v1/office-messages", WRITERS),
            row(GET, "/api/v1/events/{id}/attendance", WRITERS),
            row(GET, "/api/v1/events/{id}/registrations", WRITERS),
            // tasks
            row(GET, "/api/v1/tasks", EVERYBODY),
            row(GET, "/api/v1/tasks/{id}", EVERYBODY),
            row(GET, "/api/v1/tasks/{id}/evidence/{evidence}", EVERYBODY),
            row(POST, "/api/v1/tasks/{id}/evidence", TASK_DOERS),
            row(POST, "/api/v1/tasks/{id}/not-done", TASK_DOERS));

    public static final Permissions TABLE = new Permissions(PAGES, API);

    /** Whether there is such a path at all, by whatever method. */
    boolean know(HttpServletRequest request) {
        return Stream.concat(pages.stream(), api.stream())
                .anyMatch(
                        row -> PathPatternRequestMatcher.pathPattern(row.path()).matches(request));
    }

    /** What a key must be good for, for a request to the API; empty where nothing is answered. */
    Optional<Scope> scope(HttpServletRequest request) {
        return api.stream()
                .filter(row -> PathPatternRequestMatcher.pathPattern(row.method(), row.path())
                        .matches(request))
                .findFirst()
                .map(Permission::scope);
    }

    static Permission row(HttpMethod method, String path, Set<Role> roles) {
        return new Permission(method, path, Set.copyOf(roles));
    }
}
