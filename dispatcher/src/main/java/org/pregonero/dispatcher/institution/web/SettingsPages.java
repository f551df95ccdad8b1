package org.pregonero.dispatcher.institution.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.institution.ContactPolicies;
import org.pregonero.dispatcher.institution.ContactPolicy;
import org.pregonero.dispatcher.institution.DataProtectionNotices;
import org.pregonero.dispatcher.institution.Hours;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.institution.Logo;
import org.pregonero.dispatcher.institution.NationalHolidays;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who speaks, how it looks, when it writes: for all to read and for administrators to change. */
@Controller
@RequestMapping("/ajustes")
class SettingsPages {

    private static final String AGAIN = "redirect:/ajustes";

    private final Institutions institutions;
    private final DataProtectionNotices notices;
    private final ContactPolicies policies;
    private final NationalHolidays national;
    private final AuditTrail audit;
    private final Clock clock;

    SettingsPages(
            Institutions institutions,
            DataProtectionNotices notices,
            ContactPolicies policies,
            NationalHolidays national,
            AuditTrail audit,
            Clock clock) {
        this.institutions = institutions;
        this.notices = notices;
        this.policies = policies;
        this.national = national;
        this.audit = audit;
        this.clock = clock;
    }

    /** The contact hours, as typed; equal times close a Saturday. */
    record HoursForm(
            long version,

            @NotNull(message = "{hours.missing}") @DateTimeFormat(pattern = "HH:mm")
            LocalTime weekdaysFrom,

            @NotNull(message = "{hours.missing}") @DateTimeFormat(pattern = "HH:mm")
            LocalTime weekdaysTo,

            @NotNull(message = "{hours.missing}") @DateTimeFormat(pattern = "HH:mm")
            LocalTime saturdayFrom,

            @NotNull(message = "{hours.missing}") @DateTimeFormat(pattern = "HH:mm")
            LocalTime saturdayTo) {

        static HoursForm of(ContactPolicy policy) {
            return new HoursForm(
                    policy.version(),
                    policy.weekdays().from(),
                    policy.weekdays().to(),
                    policy.saturday().from(),
                    policy.saturday().to());
        }
    }

    /** A holiday of the institution's own, as typed. */
    record HolidayForm(
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate day,

            @NotBlank(message = "{holiday.name.missing}") @Size(max = 100, message = "{holiday.name.long}")
            String name) {}

    @GetMapping
    String show(Model page) {
        return shown(page);
    }

    @PostMapping
    String change(
            @Valid @ModelAttribute("form") InstitutionForm form,
            BindingResult problems,
            Actor actor,
            HttpServletResponse response,
            RedirectAttributes redirect,
            Model page) {
        readable(problems);
        if (problems.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return shown(page);
        }
        if (!institutions.change(form.institution(institutions.current().logo()), actor)) {
            return conflict("institution", "conflict", response, page);
        }
        redirect.addFlashAttribute("notice", "settings.saved");
        return AGAIN;
    }

    @GetMapping("/logo")
    ResponseEntity<byte[]> logo() {
        var logo = institutions.current().logo();
        if (logo == null) {
            return ResponseEntity.notFound().build();
        }
        var bytes = Base64.getDecoder().decode(logo);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(Logo.mediaType(bytes)))
                .cacheControl(CacheControl.noCache())
                .body(bytes);
    }

    @PostMapping("/logo")
    String changeLogo(
            @RequestParam(required = false) @Nullable MultipartFile file,
            Actor actor,
            HttpServletResponse response,
            RedirectAttributes redirect,
            Model page)
            throws IOException {
        try {
            var bytes = file == null ? new byte[0] : file.getBytes();
            Logo.check(bytes);
            putLogo(Base64.getEncoder().encodeToString(bytes), actor);
        } catch (Logo.RefusedException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            page.addAttribute(
                    "logoProblem", "institution.logo." + (file == null || file.isEmpty() ? "missing" : e.reason()));
            return shown(page);
        }
        redirect.addFlashAttribute("notice", "settings.saved");
        return AGAIN;
    }

    @PostMapping("/logo/quitar")
    String removeLogo(Actor actor, RedirectAttributes redirect) {
        putLogo(null, actor);
        redirect.addFlashAttribute("notice", "settings.saved");
        return AGAIN;
    }

    /** Beside whatever else is being changed: a logo takes nothing back that somebody wrote meanwhile. */
    private void putLogo(@Nullable String logo, Actor actor) {
        for (var attempt = 0; attempt < 3; attempt++) {
            if (institutions.change(institutions.current().withLogo(logo), actor)) {
                return;
            }
        }
        throw new ResponseStatusException(HttpStatus.CONFLICT);
    }

    @PostMapping("/horario")
    String changeHours(
            @Valid @ModelAttribute("hours") HoursForm form,
            BindingResult problems,
            Actor actor,
            HttpServletResponse response,
            RedirectAttributes redirect,
            Model page) {
        readable(problems);
        if (!problems.hasErrors() && !form.weekdaysFrom().isBefore(form.weekdaysTo())) {
            problems.rejectValue("weekdaysTo", "hours.order");
        }
        if (!problems.hasErrors() && form.saturdayTo().isBefore(form.saturdayFrom())) {
            problems.rejectValue("saturdayTo", "hours.order");
        }
        if (problems.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return shown(page);
        }
        var weekdays = new Hours(form.weekdaysFrom(), form.weekdaysTo());
        if (!policies.change(actor, weekdays, new Hours(form.saturdayFrom(), form.saturdayTo()), form.version())) {
            return conflict("contact-hours", "hoursConflict", response, page);
        }
        redirect.addFlashAttribute("notice", "settings.saved");
        return AGAIN;
    }

    @PostMapping("/festivos")
    String addHoliday(
            @Valid @ModelAttribute("holiday") HolidayForm form,
            BindingResult problems,
            Actor actor,
            HttpServletResponse response,
            RedirectAttributes redirect,
            Model page) {
        readable(problems);
        var day = form.day();
        if (day == null) {
            problems.rejectValue("day", "holiday.day.missing");
        } else if (!problems.hasErrors()) {
            if (day.isBefore(today())) {
                problems.rejectValue("day", "holiday.day.past");
            } else if (national.include(day)) {
                problems.rejectValue("day", "holiday.day.national");
            } else if (!policies.add(actor, day, form.name())) {
                problems.rejectValue("day", "holiday.day.taken");
            }
        }
        if (problems.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return shown(page);
        }
        redirect.addFlashAttribute("notice", "settings.saved");
        return AGAIN;
    }

    @PostMapping("/festivos/{day}/quitar")
    String removeHoliday(
            @PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day,
            Actor actor,
            RedirectAttributes redirect) {
        if (!policies.remove(actor, day)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        redirect.addFlashAttribute("notice", "settings.saved");
        return AGAIN;
    }

    @GetMapping("/avisos")
    String notices(Model page) {
        page.addAttribute("notices", notices.all());
        return "institution/notices";
    }

    /** What was typed stays; saved again, it replaces what is there now. */
    private String conflict(String subject, String attribute, HttpServletResponse response, Model page) {
        response.setStatus(HttpStatus.CONFLICT.value());
        page.addAttribute(attribute, audit.latest(subject).orElse(null));
        return shown(page);
    }

    /** What no form of ours sends cannot even be shown again. */
    private static void readable(BindingResult form) {
        if (form.getTarget() == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
    }

    private String shown(Model page) {
        var institution = institutions.current();
        var policy = policies.current();
        page.addAttribute("institution", institution);
        page.addAttribute("policy", policy);
        if (!page.containsAttribute("form")) {
            page.addAttribute("form", InstitutionForm.of(institution));
        }
        if (!page.containsAttribute("hours")) {
            page.addAttribute("hours", HoursForm.of(policy));
        }
        if (!page.containsAttribute("holiday")) {
            page.addAttribute("holiday", new HolidayForm(null, ""));
        }
        page.addAttribute("primaryContrast", Contrast.withWhite(institution.primaryColor()));
        page.addAttribute("accentContrast", Contrast.withWhite(institution.accentColor()));
        page.addAttribute("noticeNumber", notices.current());
        page.addAttribute("ownHolidays", new TreeMap<>(policy.ownHolidays()).tailMap(today()));
        page.addAttribute("nationalHolidays", national.yearFrom(today()));
        page.addAttribute("zones", zones(institution.zone()));
        return "institution/settings";
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(policies.recent().zone()));
    }

    private static List<String> zones(ZoneId chosen) {
        return Stream.concat(
                        Stream.of(chosen.getId()),
                        ZoneId.getAvailableZoneIds().stream().filter(zone -> zone.startsWith("America/")))
                .distinct()
                .sorted()
                .toList();
    }
}
