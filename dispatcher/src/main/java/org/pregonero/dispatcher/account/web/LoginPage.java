package org.pregonero.dispatcher.account.web;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class LoginPage {

    private static final long A_DAY = 86_400;

    /**
     * @param error the user or the password was wrong
     * @param salida the person logged out
     * @param vencida the session ended by itself, or somebody ended it
     * @param espera seconds to wait after too many wrong passwords
     */
    @GetMapping("/login")
    String show(
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String salida,
            @RequestParam(required = false) @Nullable String vencida,
            @RequestParam(defaultValue = "0") long espera,
            Model page) {
        page.addAttribute("failed", error != null);
        page.addAttribute("loggedOut", salida != null);
        page.addAttribute("expired", vencida != null);
        page.addAttribute("wait", Math.max(0, Math.min(espera, A_DAY)));
        return "account/login";
    }
}
