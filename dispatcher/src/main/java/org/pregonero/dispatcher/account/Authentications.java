package org.pregonero.dispatcher.account;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Accounts that have shown who they are, as Spring Security knows them. */
final class Authentications {

    /** Held by whoever has to choose a password before anything else. */
    static final GrantedAuthority TEMPORARY_PASSWORD = new SimpleGrantedAuthority("TEMPORARY_PASSWORD");

    private Authentications() {}

    static Authentication person(Actor actor, boolean temporaryPassword) {
        return of(actor, temporaryPassword ? Stream.of(TEMPORARY_PASSWORD) : Stream.of());
    }

    static Authentication program(Actor actor, Set<Scope> scopes) {
        return of(actor, scopes.stream().map(scope -> new SimpleGrantedAuthority(scope.authority())));
    }

    private static Authentication of(Actor actor, Stream<? extends GrantedAuthority> more) {
        Collection<? extends GrantedAuthority> authorities = Stream.<GrantedAuthority>concat(
                        actor.roles().stream().map(role -> new SimpleGrantedAuthority(role.authority())), more)
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(actor, null, authorities);
    }
}
