package org.pregonero.dispatcher.institution;

import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes the one institution of this installation. */
@Repository
public class Institutions {

    /** What holds for approving what one wrote until somebody says otherwise: an office of one cannot do without. */
    private static final String ONE_APPROVER =
            "(select count(*) < 2 from account where not disabled and roles && array ['ADMIN', 'APPROVER'])";

    private final JdbcClient jdbc;
    private final ContactHoursProperties configured;
    private final AuditTrail audit;
    private final ApplicationEventPublisher publisher;

    Institutions(
            JdbcClient jdbc, ContactHoursProperties configured, AuditTrail audit, ApplicationEventPublisher publisher) {
        this.publisher = publisher;
        this.jdbc = jdbc;
        this.configured = configured;
        this.audit = audit;
    }

    public Institution current() {
        return jdbc.sql("""
                        select i.*, (select text from data_protection_notice order by number desc limit 1) as notice,
                               coalesce(self_approval, %s) as self_approval_now
                        from institution i""".formatted(ONE_APPROVER))
                .query((row, number) -> {
                    var logo = row.getBytes("logo");
                    var zone = row.getString("zone");
                    return new Institution(
                            row.getString("name"),
                            logo == null ? null : Base64.getEncoder().encodeToString(logo),
                            row.getString("primary_color"),
                            row.getString("accent_color"),
                            row.getString("postal_address"),
                            row.getString("website"),
                            row.getString("email"),
                            row.getString("notice"),
                            zone == null ? configured.zone() : ZoneId.of(zone),
                            row.getBoolean("self_approval_now"),
                            row.getString("sender_name"),
                            row.getString("reply_to"),
                            row.getLong("version"));
                })
                .single();
    }

    /** Where its clocks are; asked often, so without the rest. */
    public ZoneId zone() {
        return jdbc.sql("select zone from institution where zone is not null")
                .query(String.class)
                .optional()
                .map(ZoneId::of)
                .orElse(configured.zone());
    }

    /** Changes it in the name of Pregonero itself. */
    @Transactional
    public void change(Institution institution) {
        change(institution, Actor.SYSTEM);
    }

    /**
     * Changes it. Another wording of the data-protection notice becomes its next version.
     *
     * @return false when somebody else changed it after the version that the institution names; then nothing is done
     * @throws Logo.RefusedException when the logo is none
     * @throws IllegalArgumentException when it is not even Base64
     */
    @Transactional
    public boolean change(Institution institution, Actor by) {
        var logo = institution.logo() == null ? null : Logo.decoded(institution.logo());
        if (logo != null) {
            Logo.check(logo);
        }
        var before = current();
        boolean changed = jdbc.sql("""
                        update institution set name = :name, logo = :logo,
                            primary_color = :primary, accent_color = :accent, postal_address = :address,
                            website = :website, email = :email, zone = :zone,
                            self_approval = case when self_approval is not null or :selfApproval <> %s then :selfApproval end,
                            sender_name = :senderName, reply_to = :replyTo, version = version + 1
                        where :version::bigint is null or version = :version::bigint
                        """.formatted(ONE_APPROVER))
                        .param("name", institution.name())
                        .param("logo", logo)
                        .param("primary", institution.primaryColor().toLowerCase(Locale.ROOT))
                        .param("accent", institution.accentColor().toLowerCase(Locale.ROOT))
                        .param("address", institution.postalAddress())
                        .param("website", institution.website())
                        .param("email", institution.email())
                        .param("zone", institution.zone().getId())
                        .param("selfApproval", institution.selfApproval())
                        .param("senderName", institution.senderName())
                        .param("replyTo", institution.replyTo())
                        .param("version", institution.version())
                        .update()
                == 1;
        if (changed) {
            // The row of the institution is locked: nobody numbers another wording at this moment.
            jdbc.sql("""
                            insert into data_protection_notice (number, text, author)
                            select number + 1, :text, :author from data_protection_notice
                            where number = (select max(number) from data_protection_notice) and text <> :text""")
                    .param("text", institution.dataProtectionNotice())
                    .param("author", by.username())
                    .update();
            audit.record(
                    by,
                    "institution.changed",
                    "institution",
                    before.withoutLogo(),
                    current().withoutLogo());
            publisher.publishEvent(new InstitutionChanged());
        }
        return changed;
    }
}
