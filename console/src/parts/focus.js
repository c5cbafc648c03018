// Where the thing that had the focus is gone, whoever works by keys goes on at what came in its place.
import { useEffect, useRef } from "preact/hooks";

/** The element with this `ref` can have the focus (`tabIndex={-1}`), and takes it when nothing else has it. */
export function useFocusIfLost() {
  const place = useRef();
  useEffect(() => {
    if (document.activeElement === document.body) place.current.focus({ preventScroll: true });
  }, []);
  return place;
}
