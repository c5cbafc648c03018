// A page that shows what an asset has looks again once an upload to it has come to an end.
import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { isAtWork, placeOf, upload } from "./now.js";

export function useUploaded(where, look) {
  const before = useRef();
  const latest = useRef();
  latest.current = look;
  useSignalEffect(() => {
    const phase = upload.value?.place === placeOf(where) ? upload.value.phase : undefined;
    const hasEnded = phase && before.current && phase !== before.current && !isAtWork();
    before.current = phase;
    if (hasEnded) latest.current();
  });
}
