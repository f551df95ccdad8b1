package org.pregonero.dispatcher.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A key for the HTTP API, without the key. */
public record ApiKey(
        long id,
        String name,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
