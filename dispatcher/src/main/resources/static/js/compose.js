// While somebody writes: shows each channel anew, a moment after the last key. Without this the buttons do it.
(function () {
  const form = document.querySelector("form[data-compose]");
  if (!form) {
    return;
  }
  const waiting = new Set();
  let timer = 0;
  let busy = false;

  function look(section) {
    const button = section.querySelector("button[data-look]");
    const frame = section.querySelector("iframe");
    if (!button || !frame) {
      return Promise.resolve();
    }
    // a new frame, whose first page adds no step to the browser's history
    const fresh = frame.cloneNode(false);
    fresh.removeAttribute("src");
    fresh.loading = "eager";
    frame.replaceWith(fresh);
    // files stay here: they were kept when they were attached
    const files = [...form.querySelectorAll("input[type=file]:not(:disabled)")];
    files.forEach(file => { file.disabled = true; });
    form.requestSubmit(button);
    files.forEach(file => { file.disabled = false; });
    return new Promise(done => {
      fresh.addEventListener("load", done, {once: true});
      setTimeout(done, 10000);
    });
  }

  // One after the other: of two submissions of a form at a time, the browser forgets the first.
  async function lookAtAll() {
    if (busy) {
      return;
    }
    busy = true;
    while (waiting.size > 0) {
      const [section] = waiting;
      waiting.delete(section);
      await look(section);
    }
    busy = false;
  }

  function soon(section) {
    waiting.add(section);
    clearTimeout(timer);
    timer = setTimeout(lookAtAll, 700);
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
    if ([...section.querySelectorAll("input, textarea")].some(field => !["hidden", "file", "checkbox"].includes(field.type) && field.value)) {
      soon(section);
    }
  });
})();
