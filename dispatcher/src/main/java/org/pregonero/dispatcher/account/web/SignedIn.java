package org.pregonero.dispatcher.account.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page who is signed in, if anybody, and what may be offered to that person. */
@ControllerAdvice
class SignedIn {

    @ModelAttribute("signedIn")
    boolean signedIn(HttpServletRequest request) {
        return actor(request) != null;
    }

    @ModelAttribute("me")
    @Nullable
    Actor me(HttpServletRequest request) {
        return actor(request);
    }

    @ModelAttribute("may")
    May may(HttpServletRequest request) {
        var actor = actor(request);
        return actor == null ? May.NOTHING : May.of(actor.roles());
    }

    private static @Nullable Actor actor(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication authentication
                        && authentication.getPrincipal() instanceof Actor actor
                ? actor
                : null;
    }
}
