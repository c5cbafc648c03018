// More that can be done with a thing, behind one button; arrow keys go through it, Escape closes it.
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icons.jsx";

export function Menu({ label, items, icon = "more", kind = "bare", children }) {
  const [open, setOpen] = useState(false);
  const [above, setAbove] = useState(false);
  const box = useRef();
  const id = useId();
  useLayoutEffect(() => {
    if (!open) return setAbove(false);
    const { bottom, height } = box.current.querySelector('[role="menu"]').getBoundingClientRect();
    return setAbove(bottom > innerHeight && height < box.current.getBoundingClientRect().top);
  }, [open]);
  useEffect(() => {
    if (!open) return undefined;
    box.current.querySelector('[role="menuitem"]')?.focus();
    const outside = (event) => box.current.contains(event.target) || setOpen(false);
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [open]);
  const leave = () => {
    setOpen(false);
    box.current.querySelector("button").focus();
  };
  const step = (event) => {
    const all = [...box.current.querySelectorAll('[role="menuitem"]')];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") leave();
    else if (event.key === "Tab") return setOpen(false);
    else if (to !== undefined) all.at(to % all.length).focus();
    else return undefined;
    event.preventDefault();
    event.stopPropagation();
    return undefined;
  };
  return (
    <div class="menu" ref={box} onKeyDown={open ? step : undefined}>
      <button
        type="button"
        class={`button ${kind}`}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
        {children && <span>{children}</span>}
      </button>
      {open && (
        <div role="menu" id={id} aria-label={label} class={above ? "menu-list above" : "menu-list"}>
          {items.filter(Boolean).map((item) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={item.label}
              onClick={() => {
                leave();
                item.act();
              }}
            >
              {item.icon && <Icon name={item.icon} />}
              <span>{item.label}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
