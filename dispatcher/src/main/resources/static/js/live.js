// Shows a running sending as it goes on: fetches the page again and puts its main part in place of the old one.
(function () {
  const PAUSE = 2000;

  async function refresh() {
    const main = document.querySelector("main[data-live='true']");
    if (!main) {
      return;
    }
    try {
      const answer = await fetch(location.href, {headers: {Accept: "text/html"}, credentials: "same-origin"});
      if (answer.ok && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("main");
        if (fresh && !main.contains(document.activeElement)) {
          main.replaceWith(fresh);
        }
      }
    } finally {
      setTimeout(refresh, PAUSE);
    }
  }

  setTimeout(refresh, PAUSE);
})();
