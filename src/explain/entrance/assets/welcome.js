// The token of a one-time link stands in the fragment, which no browser sends: it goes into the form, and out of the
// address, so that neither history nor a glance at the address bar keeps it.
(() => {
  "use strict";
  const field = document.getElementById("welcome-token");
  if (!field) return;
  const token = location.hash.slice(1);
  if (token) {
    field.value = token;
    history.replaceState(null, "", location.pathname + location.search);
  }
  if (!field.value) {
    document.getElementById("welcome-form").hidden = true;
    document.getElementById("welcome-missing").hidden = false;
  }
})();
