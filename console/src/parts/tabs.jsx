// One of several views of a thing; the arrow keys choose, and the address remembers.
import { useRef } from "preact/hooks";

export function Tabs({ label, tabs, chosen, choose, id }) {
  const list = useRef();
  const at = tabs.findIndex((one) => one.name === chosen);
  const step = (event) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    choose(tabs[next].name);
    list.current.children[next].focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={step}>
      {tabs.map((one) => (
        <button
          type="button"
          role="tab"
          key={one.name}
          id={`${id}-${one.name}`}
          aria-selected={one.name === chosen}
          aria-controls={`${id}-panel`}
          tabIndex={one.name === chosen ? 0 : -1}
          onClick={() => choose(one.name)}
        >
          {one.label}
        </button>
      ))}
    </div>
  );
}

export function Panel({ id, chosen, children, class: more = "" }) {
  return (
    <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} class={more}>
      {children}
    </div>
  );
}
