package org.pregonero.dispatcher.site;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pregonero.dispatcher.delivery.Tokens;
import org.pregonero.dispatcher.message.Contents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts who follows a link. Where a link leads is part of the approved text and never of the request, so that nobody can
 * make this installation lead elsewhere.
 */
@Repository
public class Clicks {

    private final JdbcClient jdbc;
    private final Tokens tokens;
    private final Contents contents;
    private final Clock clock;

    Clicks(JdbcClient jdbc, Tokens tokens, Contents contents, Clock clock) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.contents = contents;
        this.clock = clock;
    }

    /**
     * Where the link of a delivery leads; counts the visit.
     *
     * @param link its number in the content
     * @param scanner whether a program looks instead of a person
     * @return nothing if there is no such delivery or link
     */
    public Optional<String> follow(UUID token, int link, boolean scanner) {
        var delivery = tokens.find(token).orElse(null);
        if (delivery == null) {
            return Optional.empty();
        }
        var target = contents.approved(delivery.occurrenceId(), delivery.channel())
                .links()
                .get(link);
        if (target != null) {
            jdbc.sql("""
                            insert into click (delivery_id, link, scanner, clicked_at)
                            values (:delivery, :link, :scanner, :now)
                            """)
                    .param("delivery", delivery.id())
                    .param("link", link)
                    .param("scanner", scanner)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
        return Optional.ofNullable(target);
    }

    /**
     * How often a link of an occurrence was followed.
     *
     * @param url where it leads
     * @param clicks by people, so far as can be told
     * @param people distinct people who followed it; a floor, since not everybody follows links
     * @param places distinct outlets through which it was followed
     * @param scanners visits by programs
     */
    public record Followed(String channel, String url, long clicks, long people, long places, long scanners) {}

    /** The links of an occurrence that were followed. */
    public List<Followed> of(long occurrence) {
        return jdbc.sql("""
                        with visit as (
                            select d.id, d.channel, d.contact_id, c.link,
                                   -- who opens two links of a message within two seconds is checking, not reading
                                   c.scanner or exists (
                                       select from click o
                                       where o.delivery_id = c.delivery_id and o.link <> c.link
                                         and o.clicked_at between c.clicked_at - interval '2 seconds'
                                                              and c.clicked_at + interval '2 seconds') as scanner
                            from click c join delivery d on d.id = c.delivery_id
                            where d.occurrence_id = :occurrence
                        )
                        select channel, link,
                               count(*) filter (where not scanner) as clicks,
                               count(distinct contact_id) filter (where not scanner) as people,
                               count(distinct id) filter (where not scanner and contact_id is null) as places,
                               count(*) filter (where scanner) as scanners
                        from visit group by channel, link order by clicks desc, channel, link
                        """)
                .param("occurrence", occurrence)
                .query((row, number) -> {
                    var channel = row.getString("channel");
                    return new Followed(
                            channel,
                            contents.approved(occurrence, channel).links().getOrDefault(row.getInt("link"), ""),
                            row.getLong("clicks"),
                            row.getLong("people"),
                            row.getLong("places"),
                            row.getLong("scanners"));
                })
                .list();
    }
}
