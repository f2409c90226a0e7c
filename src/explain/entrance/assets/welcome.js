// The token of a one-time link stands in the fragment, which no browser sends: it goes into the form, and out of the
// address, so that neither history nor a glance at the address bar keeps it. The tab keeps it until the form is sent,
// for a page that is loaded anew or in the other language.
(() => {
  "use strict";
  const KEPT = "skoen-welcome";
  const field = document.getElementById("welcome-token");
  const keep = (token) => {
    try {
      if (token) sessionStorage.setItem(KEPT, token);
      else sessionStorage.removeItem(KEPT);
    } catch { /* a browser that keeps nothing asks for the link again */ }
  };
  const kept = () => {
    try {
      return sessionStorage.getItem(KEPT) ?? "";
    } catch {
      return "";
    }
  };
  if (!field) return keep("");
  field.value = location.hash.slice(1) || field.value || kept();
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  keep(field.value);
  field.form.addEventListener("submit", () => keep(""));
  if (!field.value) {
    document.getElementById("welcome-form").hidden = true;
    document.getElementById("welcome-missing").hidden = false;
  }
})();
