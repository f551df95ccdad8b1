package org.pregonero.dispatcher.institution;

import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the one institution of this installation. */
@Repository
public class Institutions {

    private final JdbcClient jdbc;

    Institutions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Institution current() {
        return jdbc.sql("select * from institution")
                .query((row, number) -> {
                    var logo = row.getBytes("logo");
                    return new Institution(
                            row.getString("name"),
                            logo == null ? null : Base64.getEncoder().encodeToString(logo),
                            row.getString("primary_color"),
                            row.getString("accent_color"),
                            row.getString("postal_address"),
                            row.getString("website"),
                            row.getString("email"),
                            row.getString("data_protection_notice"),
                            ZoneId.of(row.getString("zone")),
                            row.getBoolean("self_approval"));
                })
                .single();
    }

    /** @throws IllegalArgumentException when the logo is not a PNG or JPEG in Base64 */
    public void change(Institution institution) {
        var logo = institution.logo() == null ? null : Institution.logoBytes(institution.logo());
        jdbc.sql("""
                        update institution set name = :name, logo = :logo, logo_media_type = :logoType,
                            primary_color = :primary, accent_color = :accent, postal_address = :address,
                            website = :website, email = :email, data_protection_notice = :notice, zone = :zone,
                            self_approval = :selfApproval
                        """)
                .param("name", institution.name())
                .param("logo", logo)
                .param("logoType", logo == null ? null : Institution.mediaType(logo))
                .param("primary", institution.primaryColor().toLowerCase(Locale.ROOT))
                .param("accent", institution.accentColor().toLowerCase(Locale.ROOT))
                .param("address", institution.postalAddress())
                .param("website", institution.website())
                .param("email", institution.email())
                .param("notice", institution.dataProtectionNotice())
                .param("zone", institution.zone().getId())
                .param("selfApproval", institution.selfApproval())
                .update();
    }
}
