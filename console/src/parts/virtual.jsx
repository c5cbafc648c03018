// A list of which only the rows in sight exist, so that 100,000 of them scroll like ten.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const BEYOND = 8; // rows above and below those in sight

/**
 * `row(index)` draws one; `attributes(index)` are those of its element. The list has the focus, and tells by
 * `aria-activedescendant` which row is meant; `onKey` hears the keys that do not move.
 */
export function VirtualList({
  count,
  height,
  row,
  attributes,
  at,
  move,
  onKey,
  label,
  role = "listbox",
  rowRole = "option",
}) {
  const box = useRef();
  const [sight, setSight] = useState({ first: 0, last: 30 });
  const look = useCallback(() => {
    if (!box.current) return; // it has just gone
    const { scrollTop, clientHeight } = box.current;
    const first = Math.max(0, Math.floor(scrollTop / height) - BEYOND);
    const last = Math.ceil((scrollTop + clientHeight) / height) + BEYOND;
    setSight((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, [height]);
  useLayoutEffect(look, [count, look]);
  useEffect(() => {
    const watch = new ResizeObserver(look);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [look]);
  useEffect(() => {
    if (at >= 0 && at < count) reveal(box.current, at, height);
  }, [at]);
  const keys = (event) => {
    const page = Math.max(1, Math.floor(box.current.clientHeight / height) - 1);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined) return onKey?.(event);
    event.preventDefault();
    return move(Math.min(Math.max(to, 0), count - 1));
  };
  const rows = [];
  for (let index = sight.first; index < Math.min(sight.last, count); index++) {
    rows.push(
      <div
        key={index}
        id={`${role}-${index}`}
        role={rowRole}
        class={index === at ? "row active" : "row"}
        style={{ transform: `translateY(${index * height}px)`, height: `${height}px` }}
        {...attributes?.(index)}
      >
        {row(index)}
      </div>,
    );
  }
  const active = at >= sight.first && at < sight.last ? `${role}-${at}` : undefined;
  return (
    <div
      class="virtual"
      ref={box}
      role={role}
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={active}
      onScroll={look}
      onKeyDown={keys}
    >
      <div class="virtual-rows" role="presentation" style={{ height: `${count * height}px` }}>
        {rows}
      </div>
    </div>
  );
}

function reveal(box, index, height) {
  const top = index * height;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
}
