package org.pregonero.dispatcher.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Leads whoever logged in with a password that somebody else has seen to the page on which to choose another. */
final class TemporaryPasswordFilter extends OncePerRequestFilter {

    static final String PAGE = "/cuenta/contrasena";

    private final RequestMatcher open = new OrRequestMatcher(
            PathPatternRequestMatcher.pathPattern(PAGE),
            PathPatternRequestMatcher.pathPattern(LoginSteps.PAGE),
            PathPatternRequestMatcher.pathPattern("/error"),
            PathPatternRequestMatcher.pathPattern("/static/**"),
            PathPatternRequestMatcher.pathPattern("/webjars/**"));

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getUserPrincipal() instanceof Authentication account
                && account.getAuthorities().contains(Authentications.TEMPORARY_PASSWORD)
                && !open.matches(request)) {
            response.sendRedirect(PAGE);
        } else {
            chain.doFilter(request, response);
        }
    }
}
