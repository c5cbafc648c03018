// Proof Key for Code Exchange (RFC 7636): who asked for a code is the only one who can use it.

/** A text that nobody can guess. */
export function random(bytes = 32) {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** What is shown of a verifier before it is told. */
export async function challenge(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** What a token says; it came from the pool itself over TLS, so nobody else can have written it. */
export function claims(token) {
  const body = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(body), (one) => one.charCodeAt(0))));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
