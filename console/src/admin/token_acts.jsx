// What can be done with API tokens: make one, say something else of it, switch it off and on, revoke it.
import { useState } from "preact/hooks";
import { Text } from "../acts/fields.jsx";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { createToken, deleteKey, deleteToken, updateKey } from "../api/admin.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { when } from "../parts/format.js";
import { t } from "../texts/index.js";
import { AskDialog, SecretDialog } from "./asking.jsx";
import { Choice, useFacts } from "./fields.jsx";

const SCOPES = { all: undefined, write: ["data:read", "data:write"], read: ["data:read"] };
const USUAL_DAYS = "90";

export function useTokenActs(manages, done) {
  const [asked, setAsked] = useState();
  const close = () => setAsked(undefined);
  const open = (kind, token) => setAsked({ kind, token });
  const finish = (kind) => (body) => {
    setAsked(kind === "new" ? { kind: "secret", body } : undefined);
    done(kind);
  };
  const items = (token) => [
    token.keyId && { label: t("act.edit.short"), icon: "edit", act: () => open("edit", token) },
    token.keyId && {
      label: t(token.isOn ? "token.switchOff" : "token.switchOn"),
      icon: token.isOn ? "moon" : "sun",
      act: () => open(token.isOn ? "switchOff" : "switchOn", token),
    },
    { label: t("token.revoke"), icon: "close", act: () => open("revoke", token) },
  ];
  return {
    open,
    items,
    dialog: asked && <Asked {...asked} manages={manages} close={close} finish={finish} />,
  };
}

const ACTS = {
  switchOff: ({ keyId }) => updateKey(keyId, { isActive: "false" }),
  switchOn: ({ keyId }) => updateKey(keyId, { isActive: "true" }),
  revoke: ({ id, keyId }) => (keyId === id ? deleteKey(keyId) : deleteToken(id)),
};

function Asked({ kind, token, body, manages, close, finish }) {
  if (kind === "new") return <NewDialog manages={manages} close={close} done={finish(kind)} />;
  if (kind === "edit") return <EditDialog token={token} close={close} done={finish(kind)} />;
  if (kind === "secret") {
    return (
      <SecretDialog
        title={t("token.secret.title", { name: body.name })}
        label={t("token.secret")}
        what={t("token.secret.what", { until: when(body.expiresAt) })}
        secret={body.token}
        close={close}
      />
    );
  }
  return (
    <AskDialog
      title={t(`token.${kind}.title`, { name: token.name })}
      what={t(`token.${kind}.what`)}
      label={t(`token.${kind}`)}
      kind={kind === "revoke" ? "danger" : undefined}
      said={t(`token.${kind}.done`, { name: token.name })}
      act={() => ACTS[kind](token)}
      close={close}
      done={finish(kind)}
    />
  );
}

function NewDialog({ manages, close, done }) {
  const [facts, set] = useFacts({ name: "", scope: "read", days: USUAL_DAYS, user: "" });
  const days = Number(facts.days);
  const body = {
    name: facts.name.trim(),
    scopes: SCOPES[facts.scope],
    expiresInDays: days,
    ...(facts.user.trim() && { userId: facts.user.trim() }),
  };
  const submit = useSubmit(undefined, () => createToken(body), done, {
    fields: ["name", "expiresInDays", "userId"],
  });
  return (
    <Dialog title={t("token.new")} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Text
          label={t("token.name")}
          hint={t("token.name.hint")}
          error={submit.at("name")}
          value={facts.name}
          most={256}
          change={(name) => set({ name })}
        />
        <Choice
          label={t("token.scope")}
          value={facts.scope}
          change={(scope) => set({ scope })}
          options={Object.keys(SCOPES).map((one) => [one, t(`token.scope.${one}`)])}
        />
        <Text
          label={t("token.days")}
          hint={t("token.days.hint")}
          error={submit.at("expiresInDays")}
          type="number"
          value={facts.days}
          change={(text) => set({ days: text })}
        />
        {manages && (
          <Text
            label={t("token.user")}
            hint={t("token.user.hint")}
            error={submit.at("userId")}
            value={facts.user}
            most={256}
            change={(user) => set({ user })}
          />
        )}
        <Progress submit={submit} />
        <Feet
          submit={submit}
          close={close}
          label={t("token.make")}
          disabled={!body.name || !Number.isInteger(days) || days < 1}
        />
      </Form>
    </Dialog>
  );
}

function EditDialog({ token, close, done }) {
  const day = token.expiresAt.slice(0, 10);
  const [facts, set] = useFacts({ description: token.description, day });
  const body = {
    ...(facts.description !== token.description && { description: facts.description }),
    ...(facts.day !== day && { expiresAt: facts.day }),
  };
  const submit = useSubmit(
    undefined,
    () => updateKey(token.keyId, body),
    () => {
      say(t("token.edit.done", { name: token.name }));
      done();
    },
    { fields: ["description", "expiresAt"] },
  );
  return (
    <Dialog title={t("token.edit.title", { name: token.name })} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Text
          label={t("field.description")}
          error={submit.at("description")}
          value={facts.description}
          most={256}
          change={(description) => set({ description })}
        />
        <Text
          label={t("token.end")}
          hint={t("token.end.hint")}
          error={submit.at("expiresAt")}
          type="date"
          value={facts.day}
          change={(end) => set({ day: end })}
        />
        <Progress submit={submit} />
        <Feet
          submit={submit}
          close={close}
          label={t("act.save")}
          disabled={!Object.keys(body).length || !facts.day}
        />
      </Form>
    </Dialog>
  );
}
