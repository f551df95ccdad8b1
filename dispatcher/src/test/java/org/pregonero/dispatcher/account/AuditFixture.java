package org.pregonero.dispatcher.account;

import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail without the rest of the application. */
public final class AuditFixture {

    private AuditFixture() {}

    public static AuditTrail over(JdbcClient jdbc) {
        return new AuditTrail(jdbc, JsonMapper.builder().build());
    }
}
