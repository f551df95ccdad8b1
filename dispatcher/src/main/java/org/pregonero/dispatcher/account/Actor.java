package org.pregonero.dispatcher.account;

import java.io.Serializable;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;

/** Who does something: the principal of every authenticated request, and a parameter that any controller can take. */
public record Actor(long id, String username, String displayName, Set<Role> roles)
        implements AuthenticatedPrincipal, Serializable {

    /** Pregonero itself: scheduled work, first start. */
    public static final Actor SYSTEM = new Actor(0, "pregonero", "Pregonero", Set.of());

    public Actor {
        roles = Set.copyOf(roles);
    }

    @Override
    public String getName() {
        return username;
    }
}
