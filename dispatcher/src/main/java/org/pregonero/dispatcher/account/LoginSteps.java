package org.pregonero.dispatcher.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/** Where the log-in leads: to its page and why, back to it with what was wrong, and on to the page that was wanted. */
final class LoginSteps extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationEntryPoint, AuthenticationFailureHandler {

    static final String PAGE = "/login";

    /** In a cookie: who has not logged in must not make this process remember anything. */
    private final CookieRequestCache wanted = new CookieRequestCache();

    LoginSteps(boolean secure) {
        wanted.setCookieCustomizer(cookie -> {
            cookie.setAttribute("SameSite", "Lax");
            if (secure) {
                cookie.setSecure(true);
            }
        });
        // only what can be asked for again, and is a page by itself
        wanted.setRequestMatcher(request -> HttpMethod.GET.matches(request.getMethod())
                && request.getHeader("HX-Request") == null
                && Objects.requireNonNullElse(request.getHeader("Accept"), "").contains("text/html"));
        setRequestCache(wanted);
        // Only the path of what the cookie says: a cookie can be made up, and must not lead to another site.
        setRedirectStrategy((request, response, url) -> response.sendRedirect(here(url)));
    }

    CookieRequestCache wanted() {
        return wanted;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (request.getHeader("HX-Request") != null) {
            // a part of a page: the whole of it is asked for again, and comes here
            response.setHeader("HX-Refresh", "true");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        var hadSession = request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
        response.sendRedirect(hadSession ? PAGE + "?vencida" : PAGE);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof PasswordLogin.TooBusy) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "" + PasswordLogin.LONGEST_WAIT.toSeconds());
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        response.sendRedirect(
                failure instanceof MustWait must
                        ? PAGE + "?espera=" + must.howLong().toSeconds()
                        : PAGE + "?error");
    }

    private static String here(String url) {
        try {
            var uri = URI.create(url);
            var path = "/" + Objects.requireNonNullElse(uri.getRawPath(), "").replaceFirst("^[/\\\\]+", "");
            return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}
