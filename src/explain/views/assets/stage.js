// When the place changes, the page begins at its top and the new heading gets the focus, so that eyes and screen readers
// meet the new step; the first place of a page is left alone.

function render({ model }) {
  let first = true;
  const arrive = () => {
    const title = model.get("title");
    if (title) document.title = title;
    // Beside the step the case stays unfolded; above it, on a phone, it folds away once it has been read.
    setTimeout(() => {
      if (window.innerWidth > 960) return;
      for (const read of document.querySelectorAll("details[data-read]")) read.open = false;
    });
    if (first) return void (first = !model.get("place"));
    // The panels are filled in the same breath as the place; a frame later they are drawn.
    setTimeout(() => {
      const heading = Array.from(document.querySelectorAll("[data-step-heading]")).find((one) => one.offsetParent);
      if (!heading) return;
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
      const top = heading.getBoundingClientRect().top + window.scrollY - 90;
      const scroller = document.scrollingElement;
      scroller.scrollTo({ top: Math.max(0, top), behavior: "instant" });
    }, 60);
  };
  model.on("change:place", arrive);
  arrive();
  return () => model.off("change:place", arrive);
}

export default { render };
