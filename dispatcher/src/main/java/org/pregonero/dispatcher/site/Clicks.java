package org.pregonero.dispatcher.site;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.Tokens;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.UnknownChannelException;
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
     * Where the link of a delivery leads; counts the visit. Costs two statements by index: the approved text is kept in
     * memory.
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
        var target = links(delivery.occurrenceId(), delivery.channel()).get(link);
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
     * @param place the outlet through which it was followed, such as where a poster hangs; null for messages to people
     * @param url where it leads
     * @param clicks by people, so far as can be told
     * @param people distinct people who followed it; a floor, since not everybody follows links. Zero for places
     * @param scanners visits by programs
     */
    public record Followed(
            String channel, @Nullable String place, String url, long clicks, long people, long scanners) {}

    /** The links of an occurrence that were followed. */
    public List<Followed> of(long occurrence) {
        return jdbc.sql("""
                        with visit as (
                            select d.channel, d.outlet, d.contact_id, c.link,
                                   -- whoever opens two links of one person's message within two seconds is checking, not
                                   -- reading; what hangs in a public place may well have two readers
                                   c.scanner or d.contact_id is not null and exists (
                                       select from click o
                                       where o.delivery_id = c.delivery_id and o.link <> c.link
                                         and o.clicked_at between c.clicked_at - interval '2 seconds'
                                                              and c.clicked_at + interval '2 seconds') as scanner
                            from click c join delivery d on d.id = c.delivery_id
                            where d.occurrence_id = :occurrence
                        )
                        select channel, outlet, link,
                               count(*) filter (where not scanner) as clicks,
                               count(distinct contact_id) filter (where not scanner) as people,
                               count(*) filter (where scanner) as scanners
                        from visit group by channel, outlet, link order by clicks desc, channel, outlet, link
                        """)
                .param("occurrence", occurrence)
                .query((row, number) -> {
                    var channel = row.getString("channel");
                    return new Followed(
                            channel,
                            row.getString("outlet"),
                            links(occurrence, channel).getOrDefault(row.getInt("link"), ""),
                            row.getLong("clicks"),
                            row.getLong("people"),
                            row.getLong("scanners"));
                })
                .list();
    }

    /** Empty where the channel has been taken out of this installation, since nothing else can read its texts. */
    private Map<Integer, String> links(long occurrence, String channel) {
        try {
            return contents.approved(occurrence, channel).links();
        } catch (UnknownChannelException gone) {
            return Map.of();
        }
    }
}
