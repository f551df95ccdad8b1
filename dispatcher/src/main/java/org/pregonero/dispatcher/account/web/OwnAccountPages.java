package org.pregonero.dispatcher.account.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.AccountChanges;
import org.pregonero.dispatcher.account.AccountRefusedException;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.Scope;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: password and keys. */
@Controller
@RequestMapping("/cuenta")
class OwnAccountPages {

    private static final String FORM = "form";

    private final Accounts accounts;
    private final AccountChanges changes;

    OwnAccountPages(Accounts accounts, AccountChanges changes) {
        this.accounts = accounts;
        this.changes = changes;
    }

    /** A new key, as typed. */
    record NewKey(
            @NotBlank(message = "{account.key.name.missing}") @Size(max = 80, message = "{account.key.name.long}")
            String name,

            @NotEmpty(message = "{account.key.scopes.missing}") @Nullable
            Set<Scope> scopes) {}

    /** The old and the new password, as typed. */
    record ChosenPassword(
            @NotBlank(message = "{account.password.current.missing}")
            String current,

            @NotBlank(message = "{account.password.chosen.missing}")
            String chosen,

            @Nullable String repeated) {

        @Override
        public String toString() {
            return "ChosenPassword[]";
        }
    }

    @ModelAttribute("allScopes")
    Set<Scope> allScopes() {
        return EnumSet.allOf(Scope.class);
    }

    @GetMapping
    String account(Actor actor, Model page) {
        page.addAttribute(FORM, new NewKey("", Set.of(Scope.READ)));
        return shown(actor, page);
    }

    @PostMapping("/claves")
    String create(
            @Valid @ModelAttribute(FORM) NewKey form,
            BindingResult problems,
            Actor actor,
            HttpServletResponse response,
            Model page) {
        AccountPages.readable(problems);
        var scopes = form.scopes();
        if (problems.hasErrors() || scopes == null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return shown(actor, page);
        }
        // In this answer and not after a redirection, for which it would have to be kept somewhere.
        response.setHeader("Cache-Control", "no-store");
        page.addAttribute("key", changes.createKey(actor, form.name(), scopes));
        page.addAttribute("keyName", form.name());
        return "account/key";
    }

    @PostMapping("/claves/{key}/revocar")
    String revoke(@PathVariable long key, Actor actor, RedirectAttributes redirect) {
        if (!changes.revokeKey(actor, actor.id(), key)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        redirect.addFlashAttribute("notice", "account.key.revoked");
        return "redirect:/cuenta";
    }

    @GetMapping("/contrasena")
    String password(Actor actor, Model page) {
        page.addAttribute(FORM, new ChosenPassword("", "", ""));
        return passwordShown(actor, page);
    }

    @PostMapping("/contrasena")
    String choose(
            @Valid @ModelAttribute(FORM) ChosenPassword form,
            BindingResult problems,
            Actor actor,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect,
            Model page) {
        AccountPages.readable(problems);
        if (!Objects.equals(form.chosen(), form.repeated())) {
            problems.rejectValue("repeated", "account.password.differs");
        }
        if (!problems.hasErrors()) {
            try {
                var current = UsernamePasswordAuthenticationToken.unauthenticated(actor.username(), form.current());
                current.setDetails(new WebAuthenticationDetails(request));
                changes.choosePassword(
                        actor, current, form.chosen(), request.getSession().getId());
                // whoever knew the session's id knew the old password
                request.changeSessionId();
                redirect.addFlashAttribute("notice", "account.password.changed");
                return "redirect:/cuenta";
            } catch (AccountRefusedException e) {
                AccountPages.refuse(problems, e);
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return passwordShown(actor, page);
    }

    private String shown(Actor actor, Model page) {
        page.addAttribute("keys", accounts.keys(actor.id()));
        return "account/own";
    }

    private String passwordShown(Actor actor, Model page) {
        page.addAttribute("temporary", accounts.find(actor.id()).orElseThrow().passwordTemporary());
        return "account/password";
    }
}
