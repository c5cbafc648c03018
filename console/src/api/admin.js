// The routes of webhooks, API tokens and policy; what they answer stands in docs/api/webhooks.md and access.md.
import { ApiError, get, send } from "./http.js";

const step = encodeURIComponent;
const list = (path, pageSize, more = {}) => {
  return async ({ token, signal }) => {
    const body = await get(path, { pageSize, startingToken: token, ...more }, signal);
    return { items: body.Items, next: body.NextToken, body };
  };
};
const write = (method, path, body) => send(method, path, { body, once: true });
/** What is accepted here is no job: whoever sent it looks at the deliveries. */
const accepted = async (path, body) => ({ status: 200, body: (await write("POST", path, body)).body });
const one = (id) => `/webhooks/${step(id)}`;
const rulePath = (id) => `/auth/constraints/${step(id)}`;

export const listWebhooks = list("/webhooks", 100);
export const getWebhook = (id, signal) => get(one(id), {}, signal);
export const createWebhook = (facts) => write("POST", "/webhooks", facts);
export const deleteWebhook = (id) => write("DELETE", one(id));
export const newSecret = (id) => write("POST", `${one(id)}/secret`);
export const tryWebhook = (id) => accepted(`${one(id)}/test`);
export const listDeliveries = (id, how) => list(`${one(id)}/deliveries`, 50)(how);
export const redeliver = (id, delivery) => accepted(`${one(id)}/deliveries/${step(delivery)}/redeliver`);
export const replay = (id, from, to) => accepted(`${one(id)}/replay`, { from, to });

/** All facts at once; it enables one that was disabled. */
export async function updateWebhook(before, facts) {
  const id = before.webhookId;
  await held(before, await getWebhook(id), ["dateModified", "disabled"], `PUT ${one(id)}`);
  return write("PUT", one(id), facts);
}

export const listTokens = list("/api-tokens", 100);
/** The same tokens as VAMS shows them: everybody's for those who manage policy. */
export const listKeys = list("/auth/api-keys", 1000);
export const createToken = (body) => write("POST", "/api-tokens", body);
export const deleteToken = (id) => write("DELETE", `/api-tokens/${step(id)}`);
export const updateKey = (id, body) => write("PUT", `/auth/api-keys/${step(id)}`, body);
export const deleteKey = (id) => write("DELETE", `/auth/api-keys/${step(id)}`);

export const listRules = list("/auth/constraints", 1000);
export const createRule = (rule) => write("POST", "/auth/constraints", rule);
export const deleteRule = (id) => write("DELETE", rulePath(id));

export async function updateRule(before, rule) {
  const path = rulePath(before.constraintId);
  await held(before, (await get(path)).constraint, Object.keys(before), `PUT ${path}`);
  return write("PUT", path, rule);
}

export const listRoles = list("/roles", 1000);
export const createRole = (role) => write("POST", "/roles", role);
export const deleteRole = (name) => write("DELETE", `/roles/${step(name)}`);

export async function updateRole(before, role) {
  const now = await found(listRoles, (one) => one.roleName === before.roleName);
  await held(before, now, ["description", "mfaRequired"], "PUT /roles");
  return write("PUT", "/roles", role);
}

export const listMembers = list("/user-roles", 1000);
export const addMember = (member) => write("POST", "/user-roles", member);
export const deleteMember = (id) => write("DELETE", "/user-roles", { userId: id });

export async function updateMember(before, member) {
  const now = await found(listMembers, (one) => one.personId === before.personId);
  await held(before, now, ["roleName", "mfaConfirmedOn"], "PUT /user-roles");
  return write("PUT", "/user-roles", member);
}

export const listPolicyEvents = list("/auth/events", 50);

/** `{userId?, route?, databaseId?, assetId?}` → what both tiers say. */
export const explain = (question, signal) => get("/auth/me", question, signal);

async function found(fetchPage, fits) {
  for (let token; ; ) {
    const { items, next } = await fetchPage({ token });
    const hit = items.find(fits);
    if (hit || !next) return hit;
    token = next;
  }
}

/** These routes take no `If-Match`: what somebody looked at is read once more before it is written over. */
async function held(before, now, facts, route) {
  const same = now && facts.every((name) => JSON.stringify(before[name]) === JSON.stringify(now[name]));
  const [method, path] = route.split(" ");
  if (!same) throw new ApiError(409, "", method, path);
}
