// Reads an item's versions with Autodesk's own client, and prints what it got as one line of JSON.
//
// BASE_URL, TOKEN, PROJECT and ITEM come in the environment. The client puts its base URL, which ends in a
// slash, before a path that begins with one: it asks for `//data/v1/…`.
import sdkManager from "@aps_sdk/autodesk-sdkmanager";
import dataManagement from "@aps_sdk/data-management";

const { BASE_URL, TOKEN, PROJECT, ITEM } = process.env;
const { ApsConfiguration, ResiliencyConfiguration, SdkManagerBuilder } = sdkManager;

const configuration = new ApsConfiguration({});
configuration.BaseAddress = new URL(BASE_URL);
const manager = SdkManagerBuilder.create()
  .addApsConfiguration(configuration)
  // The first call of each function starts it, which may take longer than the client would wait.
  .addResiliencyConfiguration(new ResiliencyConfiguration(5, 10, 60_000, 120_000))
  .build();
const client = new dataManagement.DataManagementClient({ sdkManager: manager });
const options = { accessToken: TOKEN };

const versions = (wanted = {}) => client.getItemVersions(PROJECT, ITEM, { ...options, ...wanted });
const numbers = (page) => page.data.map((version) => version.attributes.versionNumber);

async function pages(limit) {
  const found = [];
  for (let number = 0; ; number += 1) {
    const page = await versions({ pageNumber: number, pageLimit: limit });
    found.push(numbers(page));
    if (!page.links.next) return found;
  }
}

// One after the other: each makes a version of the item.
async function writes() {
  const copy = await copied(oldest);
  const renamed = await copied(oldest, { name: "New.pdf" });
  const { id } = renamed.data;
  const named = { jsonapi, data: { type: "versions", id, attributes: { name: "New.pdf" } } };
  const kept = await client.patchVersion(PROJECT, id, named, options);
  const called = { jsonapi, data: { type: "items", id: ITEM, attributes: { displayName: "Newer.pdf" } } };
  const item2 = await client.patchItem(PROJECT, ITEM, called, options);
  const extension = { type: "versions:autodesk.core:Deleted", version: "1.0" };
  const relationships = { item: { data: { type: "items", id: ITEM } } };
  const deletion = { jsonapi, data: { type: "versions", attributes: { extension }, relationships } };
  const deleted = await client.createVersion(PROJECT, deletion, options);
  return { copy, renamed, kept, item2, deleted, restored: await copied(id) };
}

async function refused(call) {
  try {
    await call();
  } catch (error) {
    return { status: error.axiosError.response.status, errors: error.axiosError.response.data.errors };
  }
  throw new Error("This was to be refused.");
}

const all = await versions();
const newest = all.data[0].id;
const oldest = all.data.at(-1).id;

const jsonapi = { version: "1.0" };
const copied = (copyFrom, attributes) =>
  client.createVersion(PROJECT, { jsonapi, data: { type: "versions", attributes } }, { ...options, copyFrom });

console.log(
  JSON.stringify({
    all: numbers(all),
    pages: await pages(2),
    byNumber: numbers(await versions({ filterVersionNumber: [1, 3] })),
    byId: numbers(await versions({ filterId: [newest, oldest] })),
    byType: numbers(await versions({ filterExtensionType: ["versions:autodesk.core:File"] })),
    item: await client.getItem(PROJECT, ITEM, options),
    tip: await client.getItemTip(PROJECT, ITEM, options),
    version: await client.getVersion(PROJECT, oldest, options),
    versionItem: await client.getVersionItem(PROJECT, oldest, options),
    refs: await client.getVersionRefs(PROJECT, oldest, options),
    relationshipRefs: await client.getVersionRelationshipsRefs(PROJECT, oldest, options),
    // getVersionRelationshipsLinks asks for `/projects/…` without `/data/v1`: a mistake of this client.
    downloadFormats: await client.getVersionDownloadFormats(PROJECT, oldest, options),
    ...(await writes()),
    badPage: await refused(() => versions({ pageLimit: 201 })),
    unknown: await refused(() => client.getVersion(PROJECT, `${oldest}999`, options)),
  }),
);
