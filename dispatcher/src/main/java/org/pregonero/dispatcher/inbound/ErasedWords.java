package org.pregonero.dispatcher.inbound;

import org.pregonero.dispatcher.audience.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes out what people wrote to the office who were erased since; that they wrote stays. */
@Component
class ErasedWords {

    private final JdbcClient jdbc;

    ErasedWords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void erased(PersonErased erased) {
        jdbc.sql("update office_message set address = '', text = '' where contact_id = :contact")
                .param("contact", erased.contactId())
                .update();
    }
}
