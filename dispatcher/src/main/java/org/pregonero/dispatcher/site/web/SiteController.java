package org.pregonero.dispatcher.site.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.NotFoundException;
import org.pregonero.dispatcher.site.Announcements;
import org.pregonero.dispatcher.site.Clicks;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class SiteController {

    private final Announcements announcements;
    private final Clicks clicks;

    SiteController(Announcements announcements, Clicks clicks) {
        this.announcements = announcements;
        this.clicks = clicks;
    }

    /** @param reason why the announcement is taken off, for the record */
    record Withdrawal(@NotBlank @Size(max = 500) String reason) {}

    @PostMapping("/deliveries/{id}/withdrawal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable long id, @RequestBody @Valid Withdrawal withdrawal, Actor actor) {
        if (!announcements.withdraw(id, withdrawal.reason(), actor)) {
            throw new NotFoundException("Esa entrega no es un anuncio publicado.");
        }
    }

    @GetMapping("/occurrences/{id}/clicks")
    List<Clicks.Followed> clicks(@PathVariable long id) {
        return clicks.of(id);
    }
}
