// Shows the newest announcement, unless its event is over, on any page of the institution's site. All that it takes:
//   <script src="https://avisos.example.org/static/js/banner.js" defer></script>
// data-target may name the id of an element to show it in; without it, the banner stands at the top of the page.
(function () {
  const script = document.currentScript;
  const base = new URL("../..", script.src);
  fetch(new URL("anuncios.json", base)).then(answer => answer.json()).then(listing => {
    const newest = listing.announcements.find(one => !one.ends || new Date(one.ends) > new Date());
    if (!newest) return;
    const banner = document.createElement("aside");
    banner.setAttribute("aria-label", listing.institution);
    banner.style.cssText = "padding:.75rem 1rem;background:#1f4e79;color:#fff;font:1rem/1.4 system-ui,sans-serif";
    const link = document.createElement("a");
    link.href = newest.url;
    link.textContent = newest.title;
    link.style.cssText = "color:#fff;font-weight:700";
    banner.append(link);
    if (newest.when) banner.append(" · " + newest.when);
    const target = document.getElementById(script.dataset.target);
    if (target) target.replaceChildren(banner);
    else document.body.prepend(banner);
  }).catch(() => { /* the page around does not suffer from our absence */ });
})();
