package org.pregonero.dispatcher.account.web;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class LoginPage {

    @GetMapping("/login")
    String show(
            @RequestParam(name = "error", required = false) @Nullable String error,
            @RequestParam(name = "salida", required = false) @Nullable String salida,
            Model page) {
        page.addAttribute("failed", error != null);
        page.addAttribute("loggedOut", salida != null);
        return "login";
    }
}
