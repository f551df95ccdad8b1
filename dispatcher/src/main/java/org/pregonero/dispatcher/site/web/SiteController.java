package org.pregonero.dispatcher.site.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.NotFoundException;
import org.pregonero.dispatcher.runtime.Slice;
import org.pregonero.dispatcher.site.Announcements;
import org.pregonero.dispatcher.site.Clicks;
import org.pregonero.dispatcher.site.Registrations;
import org.pregonero.dispatcher.site.Registrations.Registered;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class SiteController {

    private final Announcements announcements;
    private final Clicks clicks;
    private final Registrations registrations;

    SiteController(Announcements announcements, Clicks clicks, Registrations registrations) {
        this.announcements = announcements;
        this.clicks = clicks;
        this.registrations = registrations;
    }

    /** @param reason why the announcement is taken off, for the record */
    record Withdrawal(@NotBlank @Size(max = 500) String reason) {}

    /** Takes a published announcement off the public pages. */
    @PostMapping("/deliveries/{id}/withdrawal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable long id, @RequestBody @Valid Withdrawal withdrawal, Actor actor) {
        if (!announcements.withdraw(id, withdrawal.reason(), actor)) {
            throw new NotFoundException("Esa entrega no es un anuncio publicado.");
        }
    }

    /** @param next what to pass as {@code after} for the following page; null on the last one */
    record RegistrationPage(
            List<Registered> registrations, @Nullable Long next) {}

    /** Who said on a public announcement to come to an event. */
    @GetMapping("/events/{id}/registrations")
    RegistrationPage registrations(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        var slice = Slice.of(limit, size -> registrations.list(id, after, size), Registered::id);
        return new RegistrationPage(slice.rows(), slice.next());
    }

    /** How often the links of a sending were followed, by channel and place. */
    @GetMapping("/occurrences/{id}/clicks")
    List<Clicks.Followed> clicks(@PathVariable long id) {
        return clicks.of(id);
    }
}
