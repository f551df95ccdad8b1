package org.pregonero.dispatcher.account.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page whether somebody is signed in, who then can log out. */
@ControllerAdvice
class SignedIn {

    @ModelAttribute("signedIn")
    boolean signedIn(HttpServletRequest request) {
        return request.getUserPrincipal() != null;
    }
}
