package org.pregonero.dispatcher.message.web;

import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.Invitations;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class InvitationController {

    private final Invitations invitations;

    InvitationController(Invitations invitations) {
        this.invitations = invitations;
    }

    /** Personal invitations to print, a page for each person of the audience. */
    @GetMapping("/api/v1/messages/{id}/invitations.pdf")
    ResponseEntity<byte[]> print(
            @PathVariable long id,
            @RequestParam long audience,
            @RequestParam(defaultValue = "false") boolean skipIncomplete,
            Actor actor) {
        var document = invitations.print(id, audience, skipIncomplete, actor);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(document.fileName())
                                .build()
                                .toString())
                .body(document.bytes());
    }
}
