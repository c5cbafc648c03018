// One of a few, with its label beside it; `options` are pairs of a value and what it is called.
export function Select({ label, value, options, change }) {
  return (
    <label class="select">
      <span>{label}</span>
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
