// What people say about the versions of an asset: read, written, one's own changed and taken away.
import { useEffect, useRef, useState } from "preact/hooks";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { usePages, useSend } from "../api/load.js";
import { deleteComment, editComment, listComments, writeComment } from "../api/people.js";
import { links } from "../app/router.js";
import { say } from "../app/toast.jsx";
import { Busy, Button, Empty, Said, Time } from "../parts/basics.jsx";
import { Dialog, Field } from "../parts/dialog.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Select } from "../parts/select.jsx";
import { person } from "../session/session.js";
import { t } from "../texts/index.js";
import { useMay } from "./may.js";
import { threadsOf, versionOf } from "./threads.js";

const LONGEST = 5_000;
const MOST = 10_000;

/** Of one version where `number` names it; else of all, and what is written is about one of `numbers`. */
export function Comments({ where, asset, number, numbers = [number] }) {
  const found = usePages((how) => listComments(where, how), [where], { all: true, most: MOST });
  const may = useMay(where, "update");
  const [deleting, setDeleting] = useState();
  const ours = number ? found.items.filter((one) => versionOf(one) === number) : found.items;
  const threads = threadsOf(ours);
  const mayWrite = may && asset?.status === "active" && numbers.length > 0;
  return (
    <section class="comments" aria-label={t("comments")}>
      {mayWrite && <Write where={where} numbers={numbers} done={found.reload} />}
      {asset?.status === "archived" && <p class="hint">{t("comments.archived")}</p>}
      {may === false && <p class="hint">{t("comments.mayNot")}</p>}
      <Refusal error={found.error} where={where} again={found.reload} />
      {threads.map(([about, comments]) => (
        <section key={about ?? ""} class="thread">
          {!number && (
            <h2>
              {about ? (
                <a href={links.version(where.database, where.asset, about, { tab: "comments" })}>
                  {t("version.title", { number: about })}
                </a>
              ) : (
                t("comments.elsewhere")
              )}
            </h2>
          )}
          <ol class="events">
            {comments.map((one) => (
              <Comment
                key={one["assetVersionId:commentId"]}
                where={where}
                comment={one}
                may={mayWrite}
                reload={found.reload}
                remove={() => setDeleting(one)}
              />
            ))}
          </ol>
        </section>
      ))}
      {found.loading && !found.items.length && <Busy />}
      {found.done && !ours.length && !found.error && (
        <Empty icon="comment" title={t("comments.none")}>
          {mayWrite && <p>{t("comments.none.next")}</p>}
        </Empty>
      )}
      {deleting && (
        <DeleteDialog
          where={where}
          comment={deleting}
          close={() => setDeleting(undefined)}
          done={() => {
            setDeleting(undefined);
            found.reload();
          }}
        />
      )}
    </section>
  );
}

function Write({ where, numbers, done }) {
  const [about, setAbout] = useState(numbers[0]);
  const [text, setText] = useState("");
  const sending = useSend(
    () => writeComment(where, `${about}:${crypto.randomUUID()}`, text),
    () => {
      say(t("comments.written"));
      setText("");
      done();
    },
  );
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault();
        sending.run();
      }}
    >
      <Field label={numbers.length > 1 ? t("comments.write") : t("comments.writeOn", { number: about })}>
        {(id) => (
          <textarea
            id={id}
            rows={3}
            maxLength={LONGEST}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="write-foot">
        {numbers.length > 1 && (
          <Select
            label={t("comments.about")}
            value={about}
            options={numbers.map((one) => [one, t("version.title", { number: one })])}
            change={setAbout}
          />
        )}
        <button type="submit" class="button primary" disabled={!text.trim() || sending.busy}>
          {t("comments.send")}
        </button>
      </div>
      <Refusal error={sending.error} where={where} />
    </form>
  );
}

function Comment({ where, comment, may, reload, remove }) {
  const [editing, setEditing] = useState(false);
  const row = useRef();
  const close = () => {
    setEditing(false);
    setTimeout(() => row.current?.querySelector("button")?.focus());
  };
  const own = may && comment.commentOwnerUsername === person.value.name;
  return (
    <li class="comment" ref={row}>
      <p class="event-who">
        <bdi class="comment-by">{comment.commentOwnerUsername}</bdi> · <Time at={comment.dateCreated} />
        {comment.dateEdited && (
          <>
            {" "}
            · {t("comments.edited")} <Time at={comment.dateEdited} />
          </>
        )}
      </p>
      {own && !editing && (
        <span class="comment-acts">
          <Button
            icon="edit"
            kind="bare tiny"
            aria-label={t("comments.edit")}
            onClick={() => setEditing(true)}
          />
          <Button icon="close" kind="bare tiny" aria-label={t("comments.delete")} onClick={remove} />
        </span>
      )}
      {editing ? (
        <Edit where={where} comment={comment} close={close} reload={reload} />
      ) : (
        <p class="comment-body">
          <Said text={comment.commentBody} />
        </p>
      )}
    </li>
  );
}

function Edit({ where, comment, close, reload }) {
  const [text, setText] = useState(comment.commentBody);
  const area = useRef();
  useEffect(() => area.current.focus(), []);
  const sending = useSend(
    () => editComment(where, comment["assetVersionId:commentId"], text),
    () => {
      say(t("comments.saved"));
      close();
      reload();
    },
  );
  return (
    <form
      class="write comment-body"
      onSubmit={(event) => {
        event.preventDefault();
        sending.run();
      }}
    >
      <Field label={t("comments.edit")}>
        {(id) => (
          <textarea
            id={id}
            rows={3}
            maxLength={LONGEST}
            value={text}
            ref={area}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="write-foot">
        <Button onClick={close}>{t("cancel")}</Button>
        <button type="submit" class="button primary" disabled={!text.trim() || sending.busy}>
          {t("act.save")}
        </button>
      </div>
      <Refusal error={sending.error} where={where} />
    </form>
  );
}

function DeleteDialog({ where, comment, close, done }) {
  const submit = useSubmit(
    where,
    () => deleteComment(where, comment["assetVersionId:commentId"]),
    () => {
      say(t("comments.deleted"));
      done();
    },
  );
  return (
    <Dialog title={t("comments.delete.title")} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <p class="quoted">
          <Said text={comment.commentBody} />
        </p>
        <p>{t("comments.delete.what")}</p>
        <Progress where={where} submit={submit} />
        <Feet submit={submit} close={close} label={t("comments.delete")} />
      </Form>
    </Dialog>
  );
}
