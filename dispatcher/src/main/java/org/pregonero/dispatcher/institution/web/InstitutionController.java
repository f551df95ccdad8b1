package org.pregonero.dispatcher.institution.web;

import jakarta.validation.Valid;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
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
    private final AuditTrail audit;

    InstitutionController(Institutions institutions, AuditTrail audit) {
        this.institutions = institutions;
        this.audit = audit;
    }

    @GetMapping
    Institution current() {
        return institutions.current();
    }

    @PutMapping
    Institution change(@RequestBody @Valid Institution institution, Actor actor) {
        var before = institutions.current();
        try {
            institutions.change(institution);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "El logo debe ser una imagen PNG o JPEG en Base64.", e);
        }
        var after = institutions.current();
        audit.record(actor, "institution.changed", "institution", before.withoutLogo(), after.withoutLogo());
        return after;
    }
}
