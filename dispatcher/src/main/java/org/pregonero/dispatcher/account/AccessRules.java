package org.pregonero.dispatcher.account;

import static jakarta.servlet.http.HttpServletResponse.SC_FORBIDDEN;
import static jakarta.servlet.http.HttpServletResponse.SC_NOT_FOUND;
import static jakarta.servlet.http.HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.pregonero.dispatcher.account.Permissions.Permission;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/** Opens to each what {@link Permissions} allows, and nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class AccessRules {

    /** Nothing from elsewhere, and nothing written into a page: previews are frames of our own. */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
            + "frame-ancestors 'self'; base-uri 'none'";

    private static final String DEVICES =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), " + "usb=()";

    /** Programs: an API key, and nothing but an API key. A browser's session does not count here. */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, Permissions permissions, Accounts accounts, ApiRefusals refusals) {
        return http.securityMatcher("/api/**")
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // nothing a browser would send along by itself opens this door
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(new ApiKeyFilter(accounts, refusals), AuthorizationFilter.class)
                .exceptionHandling(
                        refuse -> refuse.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(rules -> apply(permissions.api(), AccessRules::program, rules))
                .build();
    }

    /** People: the log-in page and a session; and what the public may see. */
    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http,
            Permissions permissions,
            SessionAccount sessionAccount,
            @Value("${pregonero.public-url}") URI publicUrl) {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieCustomizer(cookie -> {
            cookie.sameSite("Lax");
            if (secure(publicUrl)) {
                cookie.secure(true);
            }
        });
        var steps = new LoginSteps(secure(publicUrl));
        return http.authorizeHttpRequests(rules -> apply(permissions.pages(), AccessRules::person, rules))
                // The one-click opt-out of RFC 8058 is posted by a mail program, which has no token of ours; nor has a
                // provider. Who acknowledges a notice shows the secret in the link. The forms of announcements are
                // everybody's, and a token would cost each reader a cookie.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/baja/**", "/entrada/**", "/enterado/**", "/anuncios/**")
                        .csrfTokenRepository(tokens))
                .securityContext(context -> context.securityContextRepository(sessionAccount))
                .requestCache(cache -> cache.requestCache(steps.wanted()))
                .formLogin(login ->
                        login.loginPage(LoginSteps.PAGE).successHandler(steps).failureHandler(steps))
                .addFilterAfter(new TemporaryPasswordFilter(), AuthorizationFilter.class)
                .exceptionHandling(refuse -> refuse.authenticationEntryPoint(steps)
                        .accessDeniedHandler((request, response, denied) -> response.sendError(
                                tooLarge(request)
                                        ? SC_REQUEST_ENTITY_TOO_LARGE
                                        : permissions.know(request) ? SC_FORBIDDEN : SC_NOT_FOUND)))
                .logout(logout -> logout.logoutSuccessUrl("/login?salida"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .permissionsPolicyHeader(policy -> policy.policy(DEVICES))
                        .frameOptions(frames -> frames.sameOrigin())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        // also where a proxy in front, which has the certificate, speaks plainly to us
                        .httpStrictTransportSecurity(
                                transport -> transport.requestMatcher(request -> secure(publicUrl))))
                .build();
    }

    /** The session's cookie goes over TLS only, also where a proxy in front speaks plainly to us. */
    @Bean
    DefaultCookieSerializerCustomizer sessionCookie(@Value("${pregonero.public-url}") URI publicUrl) {
        return cookie -> {
            if (secure(publicUrl)) {
                cookie.setUseSecureCookie(true);
            }
        };
    }

    /** The token of a form is lost, too, when the file that comes with it is too large to be read. */
    private static boolean tooLarge(HttpServletRequest request) {
        var reading = new StandardServletMultipartResolver();
        if (!reading.isMultipart(request)) {
            return false;
        }
        try {
            reading.resolveMultipart(request);
            return false;
        } catch (MaxUploadSizeExceededException e) {
            return true;
        } catch (MultipartException e) {
            return false;
        }
    }

    private static boolean secure(URI publicUrl) {
        return "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    private static void apply(
            List<Permission> permissions,
            Function<Permission, AuthorizationManager<RequestAuthorizationContext>> decision,
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        // the second half of an answer that the first half has let through, and what is said of a failure
        rules.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR).permitAll();
        for (var permission : permissions) {
            var methods = permission.method().equals(HttpMethod.GET)
                    ? List.of(HttpMethod.GET, HttpMethod.HEAD)
                    : List.of(permission.method());
            for (var method : methods) {
                var route = rules.requestMatchers(method, permission.path());
                if (permission.isPublic()) {
                    route.permitAll();
                } else {
                    route.access(decision.apply(permission));
                }
            }
        }
        rules.anyRequest().denyAll();
    }

    private static AuthorizationManager<RequestAuthorizationContext> person(Permission permission) {
        return AuthorityAuthorizationManager.hasAnyRole(
                permission.roles().stream().map(Role::name).toArray(String[]::new));
    }

    private static AuthorizationManager<RequestAuthorizationContext> program(Permission permission) {
        return AuthorizationManagers.allOf(
                person(permission),
                AuthorityAuthorizationManager.hasAuthority(permission.scope().authority()));
    }

    @Bean
    static Permissions permissions() {
        return Permissions.TABLE;
    }

    /** Salt and hash have 16 and 32 bytes, as Spring Security proposes; cost by OWASP's Password Storage Cheat Sheet. */
    @Bean
    static PasswordEncoder passwordEncoder(@Value("${pregonero.accounts.argon2-memory}") DataSize memory) {
        return new Argon2PasswordEncoder(16, 32, 1, Math.toIntExact(memory.toKilobytes()), 2);
    }
}
