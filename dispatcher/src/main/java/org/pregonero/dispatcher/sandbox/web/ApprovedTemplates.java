package org.pregonero.dispatcher.sandbox.web;

import java.util.Map;
import java.util.Optional;
import org.pregonero.dispatcher.sandbox.PhoneMessage;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The texts of WhatsApp templates. Twilio's request names only the template; its text is with Twilio, and here where a
 * message that uses it was written.
 */
@Component
@ConditionalOnBean(Sandbox.class)
class ApprovedTemplates {

    private final JdbcClient jdbc;

    ApprovedTemplates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the person reads; nothing when the template's text is not known here. */
    public Optional<String> text(PhoneMessage message) {
        if (message.contentSid() == null) {
            return Optional.of(message.text());
        }
        return jdbc.sql("""
                        select channels #>> '{WHATSAPP,content,template,body}' from message_version
                        where channels #>> '{WHATSAPP,content,template,contentSid}' = :sid
                        order by id desc limit 1
                        """)
                .param("sid", message.contentSid())
                .query(String.class)
                .optional()
                .map(body -> filled(body, message.variables()));
    }

    private static String filled(String body, Map<String, String> variables) {
        String text = body;
        for (var variable : variables.entrySet()) {
            text = text.replaceAll(
                    "\\{\\{\\s*" + variable.getKey() + "\\s*}}",
                    java.util.regex.Matcher.quoteReplacement(variable.getValue()));
        }
        return text;
    }
}
