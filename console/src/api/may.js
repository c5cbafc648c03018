// Whether this person may call a route at all: asked once, since a page offers nothing that no rule allows.
import { useEffect, useState } from "preact/hooks";
import { person } from "../session/session.js";
import { explainAccess } from "./store.js";

const known = new Map();

export function useMay(route) {
  const key = `${person.value?.name} ${route}`;
  const [, look] = useState();
  useEffect(() => {
    if (known.has(key)) return undefined;
    const stop = new AbortController();
    explainAccess({ route }, stop.signal).then(
      ({ api }) => {
        known.set(key, api.allowed);
        look({});
      },
      () => undefined, // then it is not offered, and the page says the rest
    );
    return () => stop.abort();
  }, [key]);
  return known.get(key) ?? false;
}
