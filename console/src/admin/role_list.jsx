// The roles that there are; who has them comes from the user pool's groups, and from memberships.
import { useState } from "preact/hooks";
import { Check, Text } from "../acts/fields.jsx";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { createRole, deleteRole, updateRole } from "../api/admin.js";
import { say } from "../app/toast.jsx";
import { Busy, Button, Time } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Menu } from "../parts/menu.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { AskDialog } from "./asking.jsx";
import { useFacts } from "./fields.jsx";

export function RoleList({ roles }) {
  const [asked, setAsked] = useState();
  const close = () => setAsked(undefined);
  const finish = () => {
    close();
    roles.reload();
  };
  return (
    <section class="stack" aria-label={t("access.roles")}>
      <div class="filters">
        <p class="grow hint">{t("roles.what")}</p>
        {!roles.error && (
          <Button icon="plus" kind="primary" onClick={() => setAsked({ kind: "new" })}>
            {t("role.new")}
          </Button>
        )}
      </div>
      <Refusal error={roles.error} again={roles.reload} />
      <ul class="rows">
        {roles.items.map((one) => (
          <li class="row-card" key={one.roleName}>
            <div class="row-main">
              <p class="row-title">
                <strong>
                  <bdi>{one.roleName}</bdi>
                </strong>
                {one.mfaRequired && <span class="state protected">{t("role.mfa")}</span>}
              </p>
              {one.description && (
                <p>
                  <bdi>{one.description}</bdi>
                </p>
              )}
              {one.createdOn && (
                <p class="facts">
                  <span>
                    {t("token.made")} <Time at={one.createdOn} />
                  </span>
                </p>
              )}
            </div>
            <Menu
              label={t("role.menu", { name: one.roleName })}
              items={[
                {
                  label: t("act.edit.short"),
                  icon: "edit",
                  act: () => setAsked({ kind: "edit", role: one }),
                },
                { label: t("act.delete"), icon: "close", act: () => setAsked({ kind: "delete", role: one }) },
              ]}
            />
          </li>
        ))}
      </ul>
      {roles.loading && !roles.items.length && <Busy />}
      {asked?.kind === "delete" ? (
        <AskDialog
          title={t("role.delete.title", { name: asked.role.roleName })}
          what={t("role.delete.what")}
          label={t("act.delete")}
          kind="danger"
          said={t("role.delete.done", { name: asked.role.roleName })}
          act={() => deleteRole(asked.role.roleName)}
          again={finish}
          close={close}
          done={finish}
        />
      ) : (
        asked && <RoleDialog role={asked.role} close={close} done={finish} />
      )}
    </section>
  );
}

function RoleDialog({ role, close, done }) {
  const [facts, set] = useFacts(() => ({
    roleName: role?.roleName ?? "",
    description: role?.description ?? "",
    mfaRequired: role?.mfaRequired ?? false,
  }));
  const body = { ...facts, roleName: facts.roleName.trim() };
  const submit = useSubmit(
    undefined,
    () => (role ? updateRole(role, body) : createRole(body)),
    () => {
      say(t("role.saved", { name: body.roleName }));
      done();
    },
    { fields: ["roleName", "description"] },
  );
  return (
    <Dialog title={t(role ? "role.edit" : "role.new")} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Text
          label={t("role.name")}
          hint={role ? undefined : t("role.name.hint")}
          error={submit.at("roleName")}
          value={facts.roleName}
          readOnly={!!role}
          most={256}
          change={(roleName) => set({ roleName })}
        />
        <Text
          label={t("field.description")}
          error={submit.at("description")}
          value={facts.description}
          most={256}
          change={(description) => set({ description })}
        />
        <Check value={facts.mfaRequired} change={(mfaRequired) => set({ mfaRequired })}>
          {t("role.mfa.label")}
        </Check>
        <Progress submit={submit} again={role && done} />
        <Feet
          submit={submit}
          close={close}
          label={t(role ? "act.save" : "role.make")}
          disabled={!body.roleName}
        />
      </Form>
    </Dialog>
  );
}
