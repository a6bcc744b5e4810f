// What Streamlit calls on every data change of a component: one page for each mount, kept between changes.

// Returns the component's `view`. Streamlit calls what that returns when the component leaves the page, and also for an
// older change overtaken by a newer one: only an element no longer in the page closes its page.
export function viewer(create) {
  const instances = new WeakMap();
  return (component) => {
    let page = instances.get(component.parentElement);
    if (!page) instances.set(component.parentElement, page = create(component));
    page.receive(component);
    return () => {
      if (component.parentElement.isConnected) return;
      page.close();
      instances.delete(component.parentElement);
    };
  };
}
