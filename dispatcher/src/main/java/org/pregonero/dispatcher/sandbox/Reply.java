package org.pregonero.dispatcher.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a simulator answers. */
sealed interface Reply {

    JsonMapper JSON = JsonMapper.builder().build();

    @SuppressWarnings("ArrayRecordComponent") // answers are never compared
    record Answer(int status, String contentType, byte[] body, Map<String, String> headers) implements Reply {

        Answer with(String name, String value) {
            var more = new java.util.HashMap<>(headers);
            more.put(name, value);
            return new Answer(status, contentType, body, more);
        }
    }

    /** The request was taken, and its sender never learns of it. */
    record Silence() implements Reply {}

    static Answer json(int status, Object body) {
        return new Answer(status, "application/json; charset=utf-8", JSON.writeValueAsBytes(body), Map.of());
    }

    static Answer html(int status, String body) {
        return new Answer(status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
