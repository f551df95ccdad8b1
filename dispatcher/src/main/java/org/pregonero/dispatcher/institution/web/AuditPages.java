package org.pregonero.dispatcher.institution.web;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Account;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.account.AuditTrail.Entry;
import org.pregonero.dispatcher.account.AuditTrail.Filter;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.runtime.Slice;
import org.pregonero.dispatcher.tabular.TableFormat;
import org.pregonero.dispatcher.tabular.TableWriter;
import org.springframework.context.MessageSource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Who did what, and what it changed. */
@Controller
class AuditPages {

    private static final int ROWS = 100;
    private static final int CSV_ROWS = 2_000;

    /** What can be looked for, and the pages that show it. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("account", "/usuarios/"),
            Map.entry("action", ""),
            Map.entry("audience", "/publicos/"),
            Map.entry("channel", ""),
            Map.entry("contact-hours", ""),
            Map.entry("delivery", "/entregas/"),
            Map.entry("event", ""),
            Map.entry("holiday", ""),
            Map.entry("import", ""),
            Map.entry("institution", ""),
            Map.entry("login", "/usuarios/"),
            Map.entry("message", "/mensajes/"),
            Map.entry("occurrence", "/envios/"),
            Map.entry("person", "/personas/"),
            Map.entry("plan", "/planes/"),
            Map.entry("task", ""),
            Map.entry("template", "/plantillas/"));

    private final AuditTrail audit;
    private final Accounts accounts;
    private final Institutions institutions;
    private final MessageSource messages;

    AuditPages(AuditTrail audit, Accounts accounts, Institutions institutions, MessageSource messages) {
        this.audit = audit;
        this.accounts = accounts;
        this.institutions = institutions;
        this.messages = messages;
    }

    /**
     * What is looked for.
     *
     * @param quien id of an account, 0 for Pregonero itself
     * @param desde first day
     * @param hasta last day
     * @param antes id of the entry after which the page begins
     */
    record Search(
            @Nullable Long quien,
            @Nullable String tipo,
            @Nullable Long numero,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate desde,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate hasta,

            @Nullable Long antes) {}

    /** An entry as the page shows it; {@code page} leads to what it is about, or is empty. */
    record Row(Entry entry, String action, String kind, String number, String page, List<Difference> differences) {}

    @GetMapping("/auditoria")
    String show(@ModelAttribute("search") Search search, Model page, Locale language) {
        var older = Objects.requireNonNullElse(search.antes(), Long.MAX_VALUE);
        var slice = Slice.of(ROWS, size -> audit.list(filter(search), older, size), Entry::id);
        page.addAttribute(
                "rows", slice.rows().stream().map(entry -> row(entry, language)).toList());
        page.addAttribute("next", slice.next());
        page.addAttribute("accounts", accounts.all());
        page.addAttribute("kinds", PAGES.keySet().stream().sorted().toList());
        return "institution/audit";
    }

    @GetMapping("/auditoria.csv")
    ResponseEntity<StreamingResponseBody> csv(@ModelAttribute("search") Search search, Locale language) {
        var filter = filter(search);
        return TableFormat.CSV.download("auditoria", "Auditoría", table -> write(table, filter, language));
    }

    private void write(TableWriter table, Filter filter, Locale language) throws IOException {
        table.row((Object[])
                messages.getMessage("audit.csv.headings", null, language).split(";"));
        var zone = institutions.zone();
        var older = Long.MAX_VALUE;
        List<Entry> entries;
        do {
            entries = audit.list(filter, older, CSV_ROWS);
            for (var entry : entries) {
                older = entry.id();
                var row = row(entry, language);
                for (var difference :
                        row.differences().isEmpty() ? List.of(new Difference("", "", "")) : row.differences()) {
                    table.row(
                            entry.id(),
                            entry.at().atZone(zone),
                            entry.actor(),
                            row.action(),
                            entry.subject(),
                            difference.field(),
                            difference.before(),
                            difference.after());
                }
            }
        } while (entries.size() == CSV_ROWS);
    }

    private Row row(Entry entry, Locale language) {
        var parts = entry.subject().split("/", 2);
        var number = parts.length > 1 ? parts[1] : "";
        var page = PAGES.getOrDefault(parts[0], "");
        return new Row(
                entry,
                text("audit.action." + entry.action(), entry.action(), language),
                text("audit.subject." + parts[0], parts[0], language),
                number,
                page.isEmpty() || number.isEmpty() ? "" : page + number,
                Difference.between(entry.before(), entry.after()).stream()
                        .map(one -> new Difference(
                                text("audit.field." + one.field(), one.field(), language), one.before(), one.after()))
                        .toList());
    }

    private String text(String key, String otherwise, Locale language) {
        return String.valueOf(messages.getMessage(key, null, otherwise, language));
    }

    private Filter filter(Search search) {
        var zone = institutions.zone();
        return new Filter(
                actor(search.quien()),
                search.tipo() == null || search.tipo().isBlank() ? null : search.tipo(),
                search.numero(),
                start(search.desde(), zone),
                start(search.hasta() == null ? null : search.hasta().plusDays(1), zone));
    }

    private @Nullable String actor(@Nullable Long account) {
        if (account == null) {
            return null;
        }
        return account == Actor.SYSTEM.id()
                ? Actor.SYSTEM.username()
                : accounts.find(account).map(Account::username).orElse("");
    }

    private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }
}
