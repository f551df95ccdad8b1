package org.pregonero.dispatcher.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody saved what another person changed after the first one had begun; nothing was overwritten. */
public final class ChangedMeanwhileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String who;
    private final @Nullable Instant when;

    /** @param who changed it, by display name; null where that is not known */
    public ChangedMeanwhileException(@Nullable String who, @Nullable Instant when) {
        super("changed meanwhile");
        this.who = who;
        this.when = when;
    }

    public @Nullable String who() {
        return who;
    }

    public @Nullable Instant when() {
        return when;
    }
}
