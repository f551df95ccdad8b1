package org.pregonero.dispatcher.account;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/** Who may ask for what, on one screen. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class AccessRules {

    private static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String[] WRITERS = {Role.ADMIN.name(), Role.EDITOR.name(), Role.APPROVER.name()};

    private static final String[] TASK_DOERS = {
        Role.ADMIN.name(), Role.EDITOR.name(), Role.APPROVER.name(), Role.STAFF.name()
    };

    /** Who sees the names and addresses of the people written to. */
    private static final String[] READERS = {
        Role.ADMIN.name(), Role.EDITOR.name(), Role.APPROVER.name(), Role.EVALUATOR.name()
    };

    private static final String[] APPROVERS = {Role.ADMIN.name(), Role.APPROVER.name()};

    /** Programs: an API key, and nothing but an API key. A browser's session does not count here. */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, Accounts accounts, ApiRefusals refusals) {
        return http.securityMatcher("/api/**")
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // nothing a browser would send along by itself opens this door
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(new ApiKeyFilter(accounts, refusals), AuthorizationFilter.class)
                .exceptionHandling(
                        refuse -> refuse.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ASYNC)
                        // the second half of an answer that the first half has let through
                        .permitAll()
                        .requestMatchers(HttpMethod.PUT, "/api/v1/institution")
                        .hasRole(Role.ADMIN.name())
                        .requestMatchers("/api/v1/occurrences/*/approval", "/api/v1/occurrences/*/release")
                        .hasAnyRole(APPROVERS)
                        // what citizens wrote and answered is for the office
                        .requestMatchers(
                                "/api/v1/office-messages/**",
                                "/api/v1/events/*/attendance",
                                "/api/v1/events/*/registrations",
                                "/api/v1/messages/*/invitations.pdf")
                        .hasAnyRole(WRITERS)
                        .requestMatchers(HttpMethod.POST, "/api/v1/tasks/**")
                        .hasAnyRole(TASK_DOERS)
                        .requestMatchers(
                                HttpMethod.GET, "/api/v1/deliveries/**", "/api/v1/occurrences/*/acknowledgements")
                        .hasAnyRole(READERS)
                        .requestMatchers(HttpMethod.GET, "/api/**")
                        .authenticated()
                        .anyRequest()
                        .hasAnyRole(WRITERS))
                .build();
    }

    /** People: the log-in page and a session; and what the public may see. */
    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http) {
        return http.authorizeHttpRequests(rules -> rules.requestMatchers(
                                "/login",
                                "/error",
                                "/css/**",
                                "/js/**",
                                "/piezas/**",
                                "/baja/**",
                                // providers, whose signature is checked
                                "/entrada/**",
                                "/enterado/**",
                                "/anuncios/**",
                                "/anuncios.json",
                                "/anuncios.atom",
                                "/i/**",
                                "/v3/api-docs",
                                "/v3/api-docs/**",
                                "/v3/api-docs.yaml",
                                "/actuator/health",
                                "/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasRole(Role.ADMIN.name())
                        .requestMatchers(HttpMethod.GET, "/envios/*/entregas", "/envios/*/entregas.csv", "/sandbox/**")
                        .hasAnyRole(READERS)
                        .requestMatchers(HttpMethod.GET)
                        .authenticated()
                        // a search, by POST so that no address of a person gets into an address of a page
                        .requestMatchers(HttpMethod.POST, "/sandbox/buscar")
                        .hasAnyRole(READERS)
                        .requestMatchers("/sandbox/**")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name())
                        .anyRequest()
                        .hasAnyRole(WRITERS))
                // The one-click opt-out of RFC 8058 is posted by a mail program, which has no token of ours; nor has a
                // provider. Who acknowledges a notice shows the secret in the link. The forms of announcements are
                // everybody's, and a token would cost each reader a cookie.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/baja/**", "/entrada/**", "/enterado/**", "/anuncios/**")
                        .csrfTokenRepository(new CookieCsrfTokenRepository()))
                // In cookies: who has not logged in must not make this process remember anything.
                .requestCache(cache -> cache.requestCache(new CookieRequestCache()))
                .formLogin(login -> login.loginPage("/login").permitAll())
                .logout(logout -> logout.logoutSuccessUrl("/login?salida"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    @Bean
    static PasswordEncoder passwordEncoder() {
        return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    }
}
