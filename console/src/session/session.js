// Who has signed in: by code and PKCE on the pool's own pages. Tokens are kept in memory, nowhere else.
import { computed, signal } from "@preact/signals";
import { challenge, claims, random } from "./pkce.js";

const ASKED = "sign-in"; // what was sent along with the sign-in that is under way, in this tab
const RETURNS = "signed-in"; // this tab was signed in before it was loaded anew
const SCOPES = "openid aws.cognito.signin.user.admin";
const EARLY_SECONDS = 60;
const HERE = `${location.origin}/console/`;

/** `state` is beginning, out or in; `why` says what ended a session, or kept it from beginning. */
export const session = signal({ state: "beginning" });
export const person = computed(() => session.value.person);

// Who signs out does so in all tabs.
const tabs = new BroadcastChannel("session");
tabs.onmessage = ({ data }) => {
  if (data === "out" && session.peek().state === "in") end({ why: "over" });
};

let places; // where to sign in, once it is known
let tokens;
let refreshing;

/** What comes back from a sign-in is taken up; a tab that was signed in before asks for it again by itself. */
export async function begin() {
  const asked = new URLSearchParams(location.search);
  try {
    if (asked.has("code") || asked.has("error")) return await takeUp(asked);
    if (sessionStorage.getItem(RETURNS)) return await signIn();
    end();
  } catch (error) {
    end({ why: "failed", detail: error.message });
  }
}

/** Leave for the pool's pages; they lead back here. */
export async function signIn() {
  sessionStorage.removeItem(RETURNS);
  const { signInUrl, signInClientId } = await where();
  const verifier = random();
  const sent = { state: random(), nonce: random(), verifier, hash: location.hash };
  sessionStorage.setItem(ASKED, JSON.stringify(sent));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: signInClientId,
    redirect_uri: HERE,
    scope: SCOPES,
    state: sent.state,
    nonce: sent.nonce,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
  });
  location.assign(`${signInUrl}/oauth2/authorize?${query}`);
}

/** Here, in the other tabs, and at the pool, whose pages would let the same browser in again without a word. */
export async function signOut() {
  const { signInUrl, signInClientId } = await where();
  const { refresh } = tokens ?? {};
  end();
  tabs.postMessage("out");
  const form = new URLSearchParams({ token: refresh, client_id: signInClientId });
  // Where it fails, the token is forgotten all the same, and ends by itself.
  await fetch(`${signInUrl}/oauth2/revoke`, { method: "POST", body: form }).catch(() => undefined);
  const query = new URLSearchParams({ client_id: signInClientId, logout_uri: HERE });
  location.assign(`${signInUrl}/logout?${query}`);
}

/** A token that is good for a while; undefined where there is none any more, and the session has ended. */
export async function accessToken() {
  if (tokens && tokens.until - EARLY_SECONDS * 1000 < Date.now()) await renew();
  return tokens?.access;
}

/** The API refused the token: another one, or the session is over. */
export async function renew() {
  refreshing ??= ask({ grant_type: "refresh_token", refresh_token: tokens?.refresh })
    .then(keep, (error) => {
      if (error instanceof Refused) end({ why: "over" });
      else throw error;
    })
    .finally(() => (refreshing = undefined));
  return refreshing;
}

class Refused extends Error {}

const TOO_MANY = 429;
const isPassing = (status) => status === TOO_MANY || status >= 500;

async function takeUp(answer) {
  const sent = JSON.parse(sessionStorage.getItem(ASKED) ?? "null");
  sessionStorage.removeItem(ASKED);
  history.replaceState(null, "", `${HERE}${sent?.hash ?? ""}`);
  dispatchEvent(new HashChangeEvent("hashchange"));
  // Words of a sign-in that was not begun here are anybody's, who may have sent a link to this page.
  if (!sent || answer.get("state") !== sent.state) return end({ why: "stranger" });
  if (answer.has("error"))
    return end({ why: "refused", detail: answer.get("error_description") ?? answer.get("error") });
  const found = await ask({
    grant_type: "authorization_code",
    code: answer.get("code"),
    redirect_uri: HERE,
    code_verifier: sent.verifier,
  });
  if (claims(found.id_token).nonce !== sent.nonce) return end({ why: "stranger" });
  keep(found);
}

async function ask(form) {
  const { signInUrl, signInClientId } = await where();
  const body = new URLSearchParams({ client_id: signInClientId, ...form });
  const reply = await fetch(`${signInUrl}/oauth2/token`, { method: "POST", body });
  const found = await reply.json().catch(() => ({}));
  const said = found.error_description ?? found.error ?? `${reply.status}`;
  // A pool that is busy or broken has refused nothing.
  if (isPassing(reply.status)) throw Object.assign(new Error(said), { status: reply.status });
  if (!reply.ok) throw new Refused(said);
  return found;
}

function keep(found) {
  const until = Date.now() + found.expires_in * 1000;
  tokens = { access: found.access_token, refresh: found.refresh_token ?? tokens?.refresh, until };
  const said = claims(found.access_token);
  sessionStorage.setItem(RETURNS, "yes");
  session.value = { state: "in", person: { name: said.username, roles: said["cognito:groups"] ?? [] } };
}

function end(how = {}) {
  tokens = undefined;
  sessionStorage.removeItem(RETURNS);
  session.value = { state: "out", ...how };
}

async function where() {
  if (places) return places;
  const reply = await fetch("/api/amplify-config");
  if (!reply.ok) throw new Error(`${reply.status}`);
  places = await reply.json();
  return places;
}
