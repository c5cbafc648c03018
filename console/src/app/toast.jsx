// A short word that something is done; it goes by itself, and is read aloud.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const SECONDS = 6;
const said = signal();

export function say(text) {
  said.value = { text };
}

export function Toast() {
  const now = said.value;
  useEffect(() => {
    if (!now) return undefined;
    const timer = setTimeout(() => (said.value = undefined), SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <div class="toast-place" role="status">
      {now && <p class="toast">{now.text}</p>}
    </div>
  );
}
