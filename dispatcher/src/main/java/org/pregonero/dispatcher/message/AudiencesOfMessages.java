package org.pregonero.dispatcher.message;

import org.pregonero.dispatcher.audience.AudienceUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps an audience that a message was written to: who was reached is told by it. */
@Component
class AudiencesOfMessages implements AudienceUse {

    private final JdbcClient jdbc;

    AudiencesOfMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean uses(long audience) {
        return jdbc.sql("select exists (select from message_version where :audience = any (audience_ids))")
                .param("audience", audience)
                .query(Boolean.class)
                .single();
    }
}
