package org.pregonero.dispatcher.account.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Account;
import org.pregonero.dispatcher.account.AccountChanges;
import org.pregonero.dispatcher.account.AccountChanges.OneTimePassword;
import org.pregonero.dispatcher.account.AccountRefusedException;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.account.Role;
import org.springframework.http.HttpStatus;
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

/** The accounts, for administrators. */
@Controller
@RequestMapping("/usuarios")
class AccountPages {

    private static final String FORM = "form";

    private final Accounts accounts;
    private final AccountChanges changes;
    private final AuditTrail audit;

    AccountPages(Accounts accounts, AccountChanges changes, AuditTrail audit) {
        this.accounts = accounts;
        this.changes = changes;
        this.audit = audit;
    }

    /** A new account, as typed. */
    record NewAccount(
            @NotBlank(message = "{account.username.missing}")
            @Size(max = 60, message = "{account.username.long}")
            @Pattern(regexp = "[\\p{L}\\p{N}._@-]*", message = "{account.username.letters}")
            String username,

            @NotBlank(message = "{account.displayName.missing}")
            @Size(max = 120, message = "{account.displayName.long}")
            String displayName,

            @NotEmpty(message = "{account.roles.missing}") @Nullable
            Set<Role> roles) {

        Set<Role> chosen() {
            return roles == null ? Set.of() : roles;
        }
    }

    /** A changed account, as typed. */
    record ChangedAccount(
            long version,

            @NotBlank(message = "{account.displayName.missing}")
            @Size(max = 120, message = "{account.displayName.long}")
            String displayName,

            @NotEmpty(message = "{account.roles.missing}") @Nullable
            Set<Role> roles) {

        Set<Role> chosen() {
            return roles == null ? Set.of() : roles;
        }
    }

    @ModelAttribute("allRoles")
    Set<Role> allRoles() {
        return EnumSet.allOf(Role.class);
    }

    @GetMapping
    String list(Model page) {
        page.addAttribute(FORM, new NewAccount("", "", Set.of()));
        return listed(page);
    }

    @PostMapping
    String open(
            @Valid @ModelAttribute(FORM) NewAccount form,
            BindingResult problems,
            Actor actor,
            HttpServletResponse response,
            Model page) {
        readable(problems);
        if (!problems.hasErrors()) {
            try {
                return once(
                        changes.open(actor, form.username(), form.displayName(), form.chosen()), true, response, page);
            } catch (AccountRefusedException e) {
                refuse(problems, e);
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return listed(page);
    }

    @GetMapping("/{id}")
    String account(@PathVariable long id, Model page) {
        var account = find(id);
        page.addAttribute(FORM, new ChangedAccount(account.version(), account.displayName(), account.roles()));
        return shown(account, page);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable long id,
            @Valid @ModelAttribute(FORM) ChangedAccount form,
            BindingResult problems,
            Actor actor,
            HttpServletResponse response,
            RedirectAttributes redirect,
            Model page) {
        readable(problems);
        var account = find(id);
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        if (!problems.hasErrors()) {
            try {
                if (changes.change(actor, id, form.version(), form.displayName(), form.chosen())) {
                    redirect.addFlashAttribute("notice", "account.changed");
                    return "redirect:/usuarios/" + id;
                }
                response.setStatus(HttpStatus.CONFLICT.value());
                page.addAttribute("conflict", audit.latest("account/" + id).orElse(null));
            } catch (AccountRefusedException e) {
                refuse(problems, e);
            }
        }
        return shown(account, page);
    }

    @PostMapping("/{id}/contrasena")
    String newPassword(@PathVariable long id, Actor actor, HttpServletResponse response, Model page) {
        find(id);
        return once(changes.newPassword(actor, id), false, response, page);
    }

    @PostMapping("/{id}/sesiones")
    String endSessions(@PathVariable long id, Actor actor, RedirectAttributes redirect) {
        find(id);
        changes.endSessions(actor, id);
        redirect.addFlashAttribute("notice", "account.sessions.ended");
        return "redirect:/usuarios/" + id;
    }

    @PostMapping("/{id}/deshabilitar")
    String disable(@PathVariable long id, Actor actor, RedirectAttributes redirect) {
        find(id);
        try {
            changes.disable(actor, id);
            redirect.addFlashAttribute("notice", "account.disabled");
        } catch (AccountRefusedException e) {
            redirect.addFlashAttribute("refusal", e.reason());
        }
        return "redirect:/usuarios/" + id;
    }

    @PostMapping("/{id}/habilitar")
    String enable(@PathVariable long id, Actor actor, RedirectAttributes redirect) {
        find(id);
        changes.enable(actor, id);
        redirect.addFlashAttribute("notice", "account.enabled");
        return "redirect:/usuarios/" + id;
    }

    @PostMapping("/{id}/claves/{key}/revocar")
    String revoke(@PathVariable long id, @PathVariable long key, Actor actor, RedirectAttributes redirect) {
        if (!changes.revokeKey(actor, id, key)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        redirect.addFlashAttribute("notice", "account.key.revoked");
        return "redirect:/usuarios/" + id;
    }

    private String listed(Model page) {
        page.addAttribute("accounts", accounts.all());
        return "account/accounts";
    }

    private String shown(Account account, Model page) {
        page.addAttribute("account", account);
        page.addAttribute("keys", accounts.keys(account.id()));
        page.addAttribute("sessions", changes.sessions(account.id()));
        return "account/account";
    }

    /**
     * Shows a password that nobody can see again: in this answer and not after a redirection, for which it would have
     * to be kept somewhere.
     */
    private static String once(OneTimePassword password, boolean fresh, HttpServletResponse response, Model page) {
        response.setHeader("Cache-Control", "no-store");
        page.addAttribute("once", password);
        page.addAttribute("fresh", fresh);
        return "account/one-time-password";
    }

    /** What no form of ours sends cannot even be shown again. */
    static void readable(BindingResult form) {
        if (form.getTarget() == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
    }

    static void refuse(BindingResult problems, AccountRefusedException refusal) {
        if (refusal.field().isEmpty()) {
            problems.reject(refusal.reason(), refusal.arguments(), refusal.reason());
        } else {
            problems.rejectValue(refusal.field(), refusal.reason(), refusal.arguments(), refusal.reason());
        }
    }

    private Account find(long id) {
        return accounts.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
