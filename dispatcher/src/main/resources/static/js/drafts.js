// What somebody sent when the session had ended, to be sent again after the log-in. It stays in this tab, for this account, and never
// holds a password or a file. Without this script such a text is lost.
(function () {
  const KEY = "pregonero.draft";
  const account = document.currentScript.dataset.account;
  const search = new URLSearchParams(location.search);
  const place = document.getElementById("borrador");

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch (e) {
      return null;
    }
  }

  function keep(draft) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(draft));
    } catch (e) {
      sessionStorage.removeItem(KEY);
    }
  }

  function forget() {
    sessionStorage.removeItem(KEY);
  }

  function typed(form) {
    const silent = ["hidden", "submit", "button", "checkbox", "radio", "file", "fieldset", "select-one", "select-multiple"];
    return [...form.elements].some(field => !silent.includes(field.type) && field.value);
  }

  function resend(draft) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = draft.action;
    form.enctype = draft.enctype;
    const token = document.querySelector("input[name=_csrf]");
    for (const [name, value] of [...draft.fields, ["_csrf", token ? token.value : ""]]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    keep({...draft, lost: false});
    // not by its own name, which a field may have taken
    HTMLFormElement.prototype.submit.call(form);
  }

  const draft = kept();
  if (draft && search.has("vencida")) {
    keep({...draft, lost: true});
  } else if (draft && (search.has("salida") || account && (account !== draft.account || !draft.lost))) {
    forget();
  } else if (draft && account && place) {
    place.hidden = false;
    place.querySelector("[data-resend]").addEventListener("click", () => resend(draft));
    place.querySelector("[data-discard]").addEventListener("click", () => {
      forget();
      place.hidden = true;
    });
  }

  document.addEventListener("submit", event => {
    const form = event.target;
    const button = event.submitter;
    const action = button && button.hasAttribute("formaction") ? button.formAction : form.getAttribute("action") || location.href;
    if (new URL(action, location.href).pathname.endsWith("/logout")) {
      forget();
    }
    // the attributes: a field called target or method would stand in place of the form's own properties
    if (!account || event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post"
        || form.getAttribute("target") || button && button.formTarget
        || form.querySelector("input[type=password]") || !typed(form)) {
      return;
    }
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "_csrf");
    if (button && button.name) {
      fields.push([button.name, button.value]);
    }
    keep({account, action: new URL(action, location.href).pathname, enctype: form.enctype, fields, lost: false});
  });
})();
