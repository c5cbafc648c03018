// Kinds of rows above a list; a click on one leaves it out, or shows it again.

/** `hidden` is a set of kinds; `text(kind)` is what its chip says. */
export function Chips({ label, kinds, hidden, setHidden, text }) {
  const toggle = (kind) => {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    setHidden(next);
  };
  return (
    <div class="chips" role="group" aria-label={label}>
      {kinds.map((kind) => (
        <button
          type="button"
          class="chip"
          key={kind}
          aria-pressed={!hidden.has(kind)}
          onClick={() => toggle(kind)}
        >
          {text(kind)}
        </button>
      ))}
    </div>
  );
}
