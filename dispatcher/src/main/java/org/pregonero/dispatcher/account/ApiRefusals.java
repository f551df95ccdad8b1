package org.pregonero.dispatcher.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** How the HTTP API says that a key is missing, unknown or not allowed to do something: problem details, in Spanish. */
@Component
class ApiRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final Permissions permissions;
    private final JsonMapper json;

    ApiRefusals(Permissions permissions, JsonMapper json) {
        this.permissions = permissions;
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"pregonero\"");
        write(
                request,
                response,
                HttpStatus.UNAUTHORIZED,
                "Falta autenticación",
                "Envíe una clave de la API vigente en el encabezado «Authorization: Bearer <clave>».");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        if (!permissions.know(request)) {
            write(request, response, HttpStatus.NOT_FOUND, "No encontrado", "No existe esa dirección.");
            return;
        }
        write(
                request,
                response,
                HttpStatus.FORBIDDEN,
                "Sin permiso",
                permissions
                        .scope(request)
                        .filter(scope -> !holds(request, scope))
                        .map(scope -> "Esta clave no sirve para %s. Cree una que sí, en «Mi cuenta»."
                                .formatted(
                                        switch (scope) {
                                            case READ -> "consultar";
                                            case WRITE -> "cambiar algo";
                                            case APPROVE -> "aprobar";
                                        }))
                        .orElse("La cuenta de esta clave no tiene permiso para esta operación."));
    }

    private static boolean holds(HttpServletRequest request, Scope scope) {
        return request.getUserPrincipal() instanceof Authentication program
                && program.getAuthorities().stream()
                        .anyMatch(authority -> scope.authority().equals(authority.getAuthority()));
    }

    private void write(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String title, String detail)
            throws IOException {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        problem.setInstance(URI.create(request.getRequestURI()));
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8));
    }
}
