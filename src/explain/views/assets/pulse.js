// Says again and again that the page is there, so that its kernel looks for what others have done; a page that has
// nothing to wait for says nothing, and may rest.

const HERE_MS = 10_000;

function render({ model }) {
  let timer;
  const here = () => model.get("every") > 0 && model.send({ type: "here" });
  const begin = () => {
    clearInterval(timer);
    here();
    timer = setInterval(here, HERE_MS);
  };
  const back = (event) => event.detail === "up" && here();
  const seen = () => document.visibilityState === "visible" && here();
  model.on("change:every", begin);
  window.addEventListener("page:line", back);
  document.addEventListener("visibilitychange", seen);
  begin();
  return () => {
    clearInterval(timer);
    model.off("change:every", begin);
    window.removeEventListener("page:line", back);
    document.removeEventListener("visibilitychange", seen);
  };
}

export default { render };
