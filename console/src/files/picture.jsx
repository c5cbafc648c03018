// A picture by its link. That a file is a drawing is said here: the bucket may not know, and no browser guesses it.
import { useEffect } from "preact/hooks";
import { useLoad } from "../api/load.js";

const DRAWING = /\.svg$/i;

export function Picture({ url, path, alt, onLoad, onError }) {
  const { data: source, error } = useLoad((signal) => sourceOf(url, path, signal), [url]);
  useEffect(() => {
    if (error) onError();
    return () => source?.startsWith("blob:") && URL.revokeObjectURL(source);
  }, [source, error]);
  return (
    source && <img src={source} alt={alt} referrerpolicy="no-referrer" onLoad={onLoad} onError={onError} />
  );
}

async function sourceOf(url, path, signal) {
  if (!DRAWING.test(path)) return url;
  const reply = await fetch(url, { signal, referrerPolicy: "no-referrer" });
  if (!reply.ok) throw new Error(`${reply.status}`);
  return URL.createObjectURL(new Blob([await reply.arrayBuffer()], { type: "image/svg+xml" }));
}
