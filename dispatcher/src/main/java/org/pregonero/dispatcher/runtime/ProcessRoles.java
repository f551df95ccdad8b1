package org.pregonero.dispatcher.runtime;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What this process does. Any number of processes may share a database and a broker, each with some of the roles.
 *
 * @param roles {@code pregonero.roles}: any of {@code web}, {@code dispatch} and {@code send}; all when absent
 */
@ConfigurationProperties("pregonero")
public record ProcessRoles(@Nullable Set<Role> roles) {

    public enum Role {
        /** Pages, HTTP API, callbacks. */
        WEB,
        /** Fires occurrences, fans out, relays to the broker. */
        DISPATCH,
        /** Takes deliveries from the broker and hands them to the providers. */
        SEND
    }

    public ProcessRoles {
        roles = roles == null || roles.isEmpty() ? EnumSet.allOf(Role.class) : EnumSet.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles != null && roles.contains(role);
    }
}
