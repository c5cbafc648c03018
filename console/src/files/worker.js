// Starts our own scripts beside the page. They are the only ones that are named by a text (Trusted Types).
const OURS = /^\/console\/[\w.-]+$/;
const policy = globalThis.trustedTypes?.createPolicy("viewer", {
  createScriptURL(address) {
    if (OURS.test(address)) return address;
    throw new TypeError(address);
  },
});

export function startWorker(address, options) {
  return new Worker(policy?.createScriptURL(address) ?? address, options);
}
