// Fetches the bytes of an item's versions with Autodesk's own clients, and prints what it got as JSON.
//
// BASE_URL, TOKEN, PROJECT, ITEM and FOLDER come in the environment.
import { existsSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import sdkManager from "@aps_sdk/autodesk-sdkmanager";
import dataManagement from "@aps_sdk/data-management";
import oss from "@aps_sdk/oss";

const { BASE_URL, TOKEN, PROJECT, ITEM, FOLDER } = process.env;
const { ApsConfiguration, ResiliencyConfiguration, SdkManagerBuilder } = sdkManager;

const configuration = new ApsConfiguration({});
configuration.BaseAddress = new URL(BASE_URL);
const manager = SdkManagerBuilder.create()
  .addApsConfiguration(configuration)
  .addResiliencyConfiguration(new ResiliencyConfiguration(5, 10, 60_000, 120_000))
  .build();
const items = new dataManagement.DataManagementClient({ sdkManager: manager });
const storage = new oss.OssClient({ sdkManager: manager });
const options = { accessToken: TOKEN };

// The client is done before its file is: it tells nobody when the last part is written.
async function whole(file, size) {
  for (;;) {
    const data = existsSync(file) && readFileSync(file);
    if (data && data.length >= size) return data.toString("base64");
    await setTimeout(20);
  }
}

const found = [];
for (const version of (await items.getItemVersions(PROJECT, ITEM, options)).data) {
  const [bucket, key] = version.relationships.storage.data.id.split(":").at(-1).split("/");
  const details = await storage.getObjectDetails(bucket, key, options);
  const link = await storage.signedS3Download(bucket, key, { ...options, minutesExpiration: 5 });
  const file = `${FOLDER}/${key}`;
  await storage.downloadObject(bucket, key, file, options);
  found.push({ details, link, bytes: await whole(file, details.size) });
}
let refused;
try {
  await storage.getObjectDetails("wip.dm.prod", "nothing.pdf", options);
} catch (error) {
  refused = error.message;
}
console.log(JSON.stringify({ found, refused }));
