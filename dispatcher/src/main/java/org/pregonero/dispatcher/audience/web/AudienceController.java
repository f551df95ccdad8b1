package org.pregonero.dispatcher.audience.web;

import java.util.List;
import org.pregonero.dispatcher.audience.Audience;
import org.pregonero.dispatcher.audience.Audiences;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Who there is to write to, and how many of them one may and can. */
@RestController
@RequestMapping("/api/v1/audiences")
class AudienceController {

    private final Audiences audiences;

    AudienceController(Audiences audiences) {
        this.audiences = audiences;
    }

    @GetMapping
    List<Audience> all(@RequestParam(defaultValue = Audiences.DEFAULT_PURPOSE) String purpose) {
        return audiences.all(purpose);
    }

    @GetMapping("/{id}")
    Audience one(@PathVariable long id, @RequestParam(defaultValue = Audiences.DEFAULT_PURPOSE) String purpose) {
        return audiences
                .find(id, purpose)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No hay un público " + id + "."));
    }
}
