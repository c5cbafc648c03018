// Where an upload begins: drop something, or choose it; what broke off before is told.
import { useRef } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { Button, Notice } from "../parts/basics.jsx";
import { useFocusIfLost } from "../parts/focus.js";
import { when } from "../parts/format.js";
import { Icon } from "../parts/icons.jsx";
import { person } from "../session/session.js";
import { t } from "../texts/index.js";
import { fromInput } from "./gather.js";
import { brokenOff } from "./memory.js";
import { choose } from "./now.js";
import { giveUp } from "./sender.js";

export function Begin({ where }) {
  const place = useFocusIfLost();
  return (
    <>
      <BrokenOff where={where} />
      <div class="drop-place" ref={place} tabIndex={-1}>
        <Icon name="upload" />
        <p class="empty-title">{t("upload.begin")}</p>
        <p>{t("upload.begin.what")}</p>
        <Choices where={where} />
      </div>
    </>
  );
}

/** A browser's own question for files can't be for files and folders at once. */
export function Choices({ where, kind }) {
  return (
    <div class="actions">
      <Choice where={where} label={t("upload.files")} icon="file" kind={kind} />
      <Choice where={where} label={t("upload.folder")} icon="folder" kind={kind} isFolder />
    </div>
  );
}

function Choice({ where, label, icon, kind, isFolder }) {
  const field = useRef();
  const take = ({ currentTarget: input }) => {
    const found = fromInput(input.files);
    input.value = ""; // so that the same can be chosen again
    choose(where, async () => found);
  };
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        webkitdirectory={isFolder}
        data-choice={isFolder ? "folder" : "files"}
        onChange={take}
      />
      <Button icon={icon} kind={kind} onClick={() => field.current.click()}>
        {label}
      </Button>
    </>
  );
}

function BrokenOff({ where }) {
  const { data, reload } = useLoad(() => brokenOff(where, person.peek().name), [where]);
  if (!data?.length) return null;
  const count = data.reduce((sum, one) => sum + one.files.length, 0);
  const giveAllUp = async () => {
    for (const { id } of data) await giveUp(where, id);
    reload();
  };
  return (
    <Notice
      kind="warning"
      title={t("upload.broken", { count })}
      actions={<Button onClick={giveAllUp}>{t("upload.broken.forget")}</Button>}
    >
      <p>{t("upload.broken.next", { when: when(Math.max(...data.map((one) => one.at))) })}</p>
    </Notice>
  );
}
