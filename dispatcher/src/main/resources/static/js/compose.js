// While somebody writes: shows each channel anew, a moment after the last key. Without this the buttons do it.
(function () {
  const form = document.querySelector("form[data-compose]");
  if (!form) {
    return;
  }
  const waiting = new Map();

  function look(section) {
    const button = section.querySelector("button[data-look]");
    const frame = section.querySelector("iframe");
    if (!button || !frame) {
      return;
    }
    // a new frame, whose first page adds no step to the browser's history
    const fresh = frame.cloneNode(false);
    frame.replaceWith(fresh);
    // files stay here: they were kept when they were attached
    const files = [...form.querySelectorAll("input[type=file]:not(:disabled)")];
    files.forEach(file => { file.disabled = true; });
    form.requestSubmit(button);
    files.forEach(file => { file.disabled = false; });
  }

  function soon(section) {
    clearTimeout(waiting.get(section));
    waiting.set(section, setTimeout(() => look(section), 700));
  }

  form.addEventListener("input", event => {
    const section = event.target.closest("[data-section]");
    if (section) {
      soon(section);
    } else if (event.target.id === "person" || event.target.id === "event") {
      form.querySelectorAll("[data-section]").forEach(soon);
    }
  });

  form.querySelectorAll("[data-section]").forEach(section => {
    if ([...section.querySelectorAll("input, textarea")].some(field => field.type !== "hidden" && field.type !== "file" && field.type !== "checkbox" && field.value)) {
      soon(section);
    }
  });
})();
