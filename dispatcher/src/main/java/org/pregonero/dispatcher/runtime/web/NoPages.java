package org.pregonero.dispatcher.runtime.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.pregonero.dispatcher.runtime.ProcessRoles;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps a process without the role {@code web} from answering anything but how it is doing. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoPages extends OncePerRequestFilter {

    private static final String HEALTH = "/actuator/health";

    private final ProcessRoles roles;

    NoPages(ProcessRoles roles) {
        this.roles = roles;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        return roles.has(ProcessRoles.Role.WEB) || path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setStatus(HttpStatus.NOT_FOUND.value());
    }
}
