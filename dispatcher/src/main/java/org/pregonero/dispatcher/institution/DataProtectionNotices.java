package org.pregonero.dispatcher.institution;

import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The wordings of the data-protection notice. Another one is made by changing the institution. */
@Repository
public class DataProtectionNotices {

    private final JdbcClient jdbc;

    public DataProtectionNotices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of them, the one that counts first. */
    public List<NoticeVersion> all() {
        return jdbc.sql("select * from data_protection_notice order by number desc")
                .query((row, n) -> new NoticeVersion(
                        row.getInt("number"),
                        row.getString("text"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getString("author")))
                .list();
    }

    /** The number of the wording that counts. */
    public int current() {
        return jdbc.sql("select max(number) from data_protection_notice")
                .query(Integer.class)
                .single();
    }
}
