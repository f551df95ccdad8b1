package org.pregonero.dispatcher.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Keeps in the session only whose it is. What that account may do is read anew with every request, so that a disabled
 * account or a role that was taken away counts at once, in every process.
 */
@Component
final class SessionAccount implements SecurityContextRepository {

    /** Spring Session finds the sessions of an account by it. */
    private static final String ACCOUNT = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

    private final Accounts accounts;

    SessionAccount(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        var authentication = SingletonSupplier.of((Supplier<Optional<Authentication>>) () -> find(request));
        return new DeferredSecurityContext() {
            @Override
            public SecurityContext get() {
                return authentication
                        .obtain()
                        .<SecurityContext>map(SecurityContextImpl::new)
                        .orElseGet(SecurityContextImpl::new);
            }

            @Override
            public boolean isGenerated() {
                return authentication.obtain().isEmpty();
            }
        };
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // it overrides
    public SecurityContext loadContext(HttpRequestResponseHolder exchange) {
        return loadDeferredContext(exchange.getRequest()).get();
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        var authentication = context.getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Actor actor) {
            request.getSession().setAttribute(ACCOUNT, String.valueOf(actor.id()));
        } else {
            var session = request.getSession(false);
            if (session != null) {
                session.removeAttribute(ACCOUNT);
            }
        }
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return find(request).isPresent();
    }

    private Optional<Authentication> find(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(ACCOUNT) instanceof String account
                ? accounts.signedIn(Long.parseLong(account))
                : Optional.empty();
    }
}
