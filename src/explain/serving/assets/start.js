// The waiting page: asks for a kernel and goes to its page. A link's preview runs no script and so starts none.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const AGAIN_MS = 15000; // a full house is asked again so often, and a little later, so that not all ask at once
  let later;
  // The kernel is asked for at once, before the page is there to say so.
  const drawn = new Promise((resolve) =>
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", resolve) : resolve(),
  );
  const show = (id, visible) => drawn.then(() => { document.getElementById(id).hidden = !visible; });

  async function start() {
    clearTimeout(later);
    show("page-failed", false);
    show("page-full", false);
    show("page-waiting", true);
    try {
      const answer = await fetch(data.start, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", [data.header]: "1" },
        body: JSON.stringify({ page: data.page, lang: data.lang, query: location.search }),
      });
      if (answer.status === 503) return full();
      if (answer.status === 200) return location.replace((await answer.json()).elsewhere);
      if (answer.status !== 201) throw new Error(String(answer.status));
      location.replace((await answer.json()).page + location.search + location.hash);
    } catch (error) {
      show("page-waiting", false);
      show("page-slow", false);
      show("page-failed", true);
    }
  }

  function full() {
    show("page-waiting", false);
    show("page-slow", false);
    show("page-full", true);
    later = setTimeout(start, AGAIN_MS + 10000 * Math.random());
  }

  drawn.then(() => {
    document.getElementById("page-retry").addEventListener("click", start);
    document.getElementById("page-again").addEventListener("click", start);
  });
  setTimeout(() => show("page-slow", !document.getElementById("page-waiting").hidden), 30000);
  start();
})();
