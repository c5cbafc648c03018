// Bytes on their way to the bucket, straight from the disk: the browser reads them as they go.
const STALLED_MS = 60_000;

/** `status` is S3's, 0 where nothing came back; `expired` asks for a fresh link. */
export class StorageError extends Error {
  constructor(status, said = "") {
    super(said.match(/<Message>([^<]*)/)?.[1] ?? "");
    this.status = status;
    this.expired = (status === 400 || status === 403) && /expired|ExpiredToken/i.test(said);
    this.passes =
      status === 0 || status === 408 || status === 429 || status >= 500 || /RequestTimeout/.test(said);
  }
}

/** The ETag of what has arrived; `tell` hears how many bytes are gone so far. */
export function put(url, blob, { tell, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let watch;
    const end = (settle, value) => {
      clearTimeout(watch);
      signal.removeEventListener("abort", leave);
      settle(value);
    };
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), STALLED_MS);
    };
    const leave = () => request.abort();
    request.open("PUT", url);
    request.upload.onprogress = (event) => {
      alive();
      tell(event.loaded);
    };
    request.onload = () => {
      const etag = request.status === 200 && request.getResponseHeader("ETag");
      if (etag) end(resolve, etag);
      else end(reject, new StorageError(request.status, request.responseText));
    };
    request.onerror = () => end(reject, new StorageError(0));
    request.onabort = () => end(reject, signal.aborted ? signal.reason : new StorageError(0));
    if (signal.aborted) return end(reject, signal.reason);
    signal.addEventListener("abort", leave);
    alive();
    return request.send(blob);
  });
}
