package org.pregonero.dispatcher.institution.web;

import jakarta.validation.Valid;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.institution.Institution;
import org.pregonero.dispatcher.institution.Institutions;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/institution")
class InstitutionController {

    private final Institutions institutions;

    InstitutionController(Institutions institutions) {
        this.institutions = institutions;
    }

    @GetMapping
    Institution current() {
        return institutions.current();
    }

    @PutMapping
    Institution change(@RequestBody @Valid Institution institution, Actor actor) {
        var before = institutions.current();
        try {
            if (!institutions.change(institution, actor)) {
                throw new ResponseStatusException(
                        HttpStatus.CONFLICT,
                        "Alguien más cambió la entidad: su versión es " + before.version() + " y no "
                                + institution.version() + ". Consúltela y haga el cambio de nuevo.");
            }
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "El logo debe ser una imagen PNG o JPEG en Base64, de hasta 500 kB y 2000 × 2000 puntos.",
                    e);
        }
        return institutions.current();
    }
}
