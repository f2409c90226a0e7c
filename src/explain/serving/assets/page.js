// The page's own small script: shows the page when it is ready, says when the line or the kernel is gone.
//
// What a page's widgets may use:
// - "page:leaving", a cancelable event on window before the page is left: preventDefault() makes the browser ask
//   first. (Voilà ends the kernel on "beforeunload" even if the visitor then stays, so that event does not get far.)
// - "page:line", an event on window whose detail is "up", "lost", "ended" or "rested".
// - "page:ended", a cancelable event on window when the page has to be loaded anew: preventDefault() does it at once,
//   since something waits to be delivered; otherwise the visitor presses the button when it suits her.
(() => {
  "use strict";
  const BEAT_MS = 2200; // a lost line or a dead kernel is said within two beats: five seconds
  const SLOW_MS = 30000;
  const data = JSON.parse(document.getElementById("page-data").textContent);
  let line = "up";
  let opened = false; // the websocket has stood once
  let closed = 0; // beats in a row in which it did not

  // Reload, bookmark and copied address are the page's own, not the one-time address of this kernel.
  history.replaceState(null, "", data.home + location.search + location.hash);

  // Voilà calls these; what it would do is done below.
  window.voila_finish = window.voila_process = window.voila_heartbeat = () => {};

  function say(state) {
    if (state === line) return;
    line = state;
    const banner = document.getElementById("page-banner");
    banner.textContent = "";
    if (state === "lost" || state === "ended") {
      banner.append(Object.assign(document.createElement("p"), { textContent: data[state] }));
      if (state === "ended") banner.append(resumeButton());
    }
    window.dispatchEvent(new CustomEvent("page:line", { detail: state }));
    const gone = state === "ended" || state === "rested";
    if (gone && !window.dispatchEvent(new CustomEvent("page:ended", { cancelable: true }))) reloadOnce();
    if (state === "rested") rest();
  }

  // Nothing was done here for so long that the kernel was given back: a page of its own, with one way on.
  function rest() {
    const page = document.getElementById("page-rest");
    document.body.classList.add("page-rests");
    page.hidden = false;
    page.querySelector("button").addEventListener("click", () => location.reload());
    page.querySelector("h1").focus();
    window.scrollTo(0, 0);
  }

  function resumeButton() {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: data.resume });
    button.addEventListener("click", () => location.reload());
    return button;
  }

  // At most once in half a minute: a page that cannot be started must not be asked for without end. A browser that keeps
  // nothing cannot count, so there the visitor presses the button.
  function reloadOnce() {
    try {
      const last = Number(sessionStorage.getItem("page:reloaded") ?? 0);
      if (Date.now() - last < 30_000) return;
      sessionStorage.setItem("page:reloaded", String(Date.now()));
    } catch {
      return;
    }
    location.reload();
  }

  async function beat() {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), BEAT_MS);
    try {
      const answer = await fetch(data.alive, { credentials: "same-origin", cache: "no-store", signal: timeout.signal });
      if (answer.status === 404) return say("ended");
      if (answer.status === 410) return say("rested");
      if (!answer.ok) return say("lost");
      const { connected } = await answer.json();
      opened = opened || connected;
      closed = opened && !connected ? closed + 1 : 0;
      // The front end gives up reconnecting after a while; the kernel lives, but the page cannot reach it any more.
      say(closed > 3 ? "ended" : closed > 0 ? "lost" : "up");
    } catch (error) {
      say("lost");
    } finally {
      clearTimeout(timer);
    }
  }

  async function beatForEver() {
    while (line !== "ended" && line !== "rested") {
      await beat();
      await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
    }
  }

  // The page is ready when Voilà has put the first widget's view into it.
  function ready() {
    const views = document.querySelectorAll("#rendered_cells .lm-Widget, #rendered_cells .jp-RenderedMarkdown");
    return [...views].some((view) => view.offsetHeight > 0) || document.getElementById("page-broken") !== null;
  }

  function showWhenReady() {
    const waiting = document.getElementById("page-waiting");
    const slow = setTimeout(() => {
      waiting.append(Object.assign(document.createElement("p"), { textContent: data.slow }), resumeButton());
    }, SLOW_MS);
    const look = () => {
      if (!ready()) return;
      observer.disconnect();
      clearTimeout(slow);
      waiting.remove();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  }

  window.addEventListener("beforeunload", (event) => {
    event.stopImmediatePropagation();
    if (!window.dispatchEvent(new CustomEvent("page:leaving", { cancelable: true }))) event.preventDefault();
  });
  window.addEventListener("pagehide", () => navigator.sendBeacon(data.leave));
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.addEventListener("online", beat);
  document.addEventListener("DOMContentLoaded", () => {
    showWhenReady();
    beatForEver();
  });
})();
