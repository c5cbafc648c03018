// What would be sent where, before it is sent: new, in the place of others, the same, refused, left out.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Check, Text } from "../acts/fields.jsx";
import { Busy, Button, Notice } from "../parts/basics.jsx";
import { useFocusIfLost } from "../parts/focus.js";
import { size } from "../parts/format.js";
import { person } from "../session/session.js";
import { t } from "../texts/index.js";
import { Choices } from "./begin.jsx";
import { folderOf } from "./gather.js";
import { asItWas, brokenOff } from "./memory.js";
import { rulesOf } from "./names.js";
import { isAtWork, unchoose } from "./now.js";
import { compareAll, countsOf, isRoot, isSent, Known, planOf, tidy } from "./plan.js";
import { Rows } from "./rows.jsx";
import { Run } from "./run.js";
import { giveUp } from "./sender.js";
import { useVersion, VersionWish } from "./version_form.jsx";

const known = new Known();

export function PlanView({ where, asset, database, files, chosen }) {
  const { found } = chosen;
  const stored = useMemo(() => storedOf(files), [files]);
  const rules = useMemo(() => rulesOf(where, database), [database]);
  const folder = folderOf(found);
  const [into, setInto] = useState(chosen.into ?? "");
  const [kept, setKept] = useState();
  const isKept =
    folder !== undefined && (kept ?? !isRoot(found, folder, stored, [asset.assetName, where.asset]));
  const [round, setRound] = useState(0);
  const rows = useMemo(
    () => planOf(found, { into: tidy(into), folder: isKept ? undefined : folder, stored, rules, known }),
    [found, into, isKept, stored, rules, round],
  );
  const left = useComparison(rows, () => setRound(round + 1));
  useEffect(() => {
    if (!left) giveUpWhatIsThere(where, rows);
  }, [rows, left]);
  const rule = (asset.autoVersion?.after && asset.autoVersion) || database.autoVersion;
  const version = useVersion(rule?.after === "upload");
  const sent = useMemo(() => rows.filter(isSent), [rows]);
  const start = () => {
    if (isAtWork()) return; // a second click, before the button has gone
    new Run({ where, name: asset.assetName, files: sent, version: version.said }).start();
    unchoose();
  };
  const place = useFocusIfLost();
  return (
    <div class="upload-plan">
      <div class="upload-main">
        <h2 ref={place} tabIndex={-1}>
          {t("upload.plan")}
        </h2>
        <Place
          into={into}
          setInto={setInto}
          folders={useMemo(() => foldersOf(stored), [stored])}
          folder={folder}
          isKept={isKept}
          setKept={setKept}
        />
        <Rows
          rows={rows}
          counts={countsOf(rows)}
          hiddenAtFirst={["same"]}
          label={t("upload.plan")}
          facts={{ kinds: rules.extensions.join(", ") }}
        />
        {!left && !sent.length && <Notice title={t("upload.nothing")} />}
      </div>
      <div class="upload-end">
        <VersionWish version={version} />
        {left > 0 && <Busy label={t("upload.comparing", { count: left })} />}
        <Button
          kind="primary"
          class="wide"
          icon="upload"
          disabled={left > 0 || !sent.length || Boolean(version.wrong)}
          onClick={start}
        >
          {t("upload.start", { count: sent.length, size: size(sumOf(sent)) })}
        </Button>
        <div class="upload-more">
          <Choices where={where} kind="link" />
          <Button kind="link" icon="close" onClick={unchoose}>
            {t("upload.drop.all")}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** How many are left to be compared with what is there; `done` once there are none. */
function useComparison(rows, done) {
  const unsure = useMemo(() => rows.filter((one) => one.kind === "unsure").length, [rows]);
  const [left, setLeft] = useState();
  const told = useRef();
  useEffect(() => {
    if (!unsure) return undefined;
    const stop = new AbortController();
    const tell = (count) => {
      told.current ??= setTimeout(() => {
        told.current = undefined;
        if (!stop.signal.aborted) setLeft(count);
      }, 100);
    };
    compareAll(rows, known, tell, stop.signal).then((isWhole) => isWhole && done());
    return () => {
      stop.abort();
      setLeft(undefined);
    };
  }, [rows]);
  return unsure && (left ?? unsure);
}

/** Which folder of the asset it goes into, and whether a folder that was chosen keeps its own name there. */
function Place({ into, setInto, folders, folder, isKept, setKept }) {
  return (
    <div class="upload-place">
      <Text
        label={t("upload.into")}
        hint={t("upload.into.hint")}
        known={folders}
        value={into}
        change={setInto}
        spellcheck={false}
      />
      {folder !== undefined && (
        <Check value={isKept} change={setKept}>
          <span>
            {t("upload.keep")} <bdi>{folder}</bdi>
          </span>
        </Check>
      )}
    </div>
  );
}

/** An upload that ended while nobody saw it, or whose files have come another way, has nothing to go on with. */
async function giveUpWhatIsThere(where, rows) {
  const there = new Map(rows.filter((one) => one.kind === "same").map((one) => [one.path, one]));
  const all = await brokenOff(where, person.peek().name);
  for (const { id, files } of all) {
    if (files.every((one) => asItWas(there.get(one.path), one))) await giveUp(where, id);
  }
}

const MOST_FOLDERS = 200;

function foldersOf(stored) {
  const found = new Set();
  for (const path of stored.keys()) {
    for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) found.add(path.slice(0, at));
    if (found.size >= MOST_FOLDERS) break;
  }
  return [...found].sort();
}

function storedOf(files) {
  const items = files.filter((one) => !one.isFolder);
  return new Map(items.map((one) => [one.relativeKey, { size: one.size, etag: one.etag }]));
}

const sumOf = (rows) => rows.reduce((sum, one) => sum + one.size, 0);
