// Who has which roles beside the groups of the user pool.
import { useState } from "preact/hooks";
import { Check, Text } from "../acts/fields.jsx";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { addMember, deleteMember, updateMember } from "../api/admin.js";
import { say } from "../app/toast.jsx";
import { Busy, Button, Empty, Tags, Time } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Menu } from "../parts/menu.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { AskDialog } from "./asking.jsx";
import { Choice, useFacts, useSome, Wrong } from "./fields.jsx";

const MFA = { keep: undefined, confirm: true, withdraw: false };

export function MemberList({ members, roles }) {
  const [asked, setAsked] = useState();
  const [shown, more] = useSome(members.items);
  const close = () => setAsked(undefined);
  const finish = () => {
    close();
    members.reload();
  };
  return (
    <section class="stack" aria-label={t("access.members")}>
      <div class="filters">
        <p class="grow hint">{t("members.what")}</p>
        {!members.error && (
          <Button icon="plus" kind="primary" onClick={() => setAsked({ kind: "new" })}>
            {t("member.new")}
          </Button>
        )}
      </div>
      <Refusal error={members.error} again={members.reload} />
      <ul class="rows">
        {shown.map((one) => (
          <li class="row-card" key={one.personId}>
            <div class="row-main">
              <p class="row-title">
                <strong>
                  <bdi>{one.userId}</bdi>
                </strong>
                <Tags names={one.roleName} />
              </p>
              <p class="facts">
                {one.createdOn && (
                  <span>
                    {t("member.since")} <Time at={one.createdOn} />
                  </span>
                )}
                {one.mfaConfirmedOn && (
                  <span>
                    {t("member.mfa")} <Time at={one.mfaConfirmedOn} />
                  </span>
                )}
              </p>
            </div>
            <Menu
              label={t("member.menu", { name: one.userId })}
              items={[
                {
                  label: t("act.edit.short"),
                  icon: "edit",
                  act: () => setAsked({ kind: "edit", member: one }),
                },
                {
                  label: t("member.delete"),
                  icon: "close",
                  act: () => setAsked({ kind: "delete", member: one }),
                },
              ]}
            />
          </li>
        ))}
      </ul>
      {more}
      {members.loading && !members.items.length && <Busy />}
      {members.done && !members.items.length && <Empty icon="people" title={t("members.none")} />}
      {asked?.kind === "delete" ? (
        <AskDialog
          title={t("member.delete.title", { name: asked.member.userId })}
          what={t("member.delete.what")}
          label={t("member.delete")}
          kind="danger"
          said={t("member.delete.done", { name: asked.member.userId })}
          act={() => deleteMember(asked.member.personId)}
          again={finish}
          close={close}
          done={finish}
        />
      ) : (
        asked && <MemberDialog member={asked.member} roles={roles} close={close} done={finish} />
      )}
    </section>
  );
}

function MemberDialog({ member, roles, close, done }) {
  const [facts, set] = useFacts(() => ({
    userId: member?.userId ?? "",
    roleName: member?.roleName ?? [],
    mfa: "keep",
  }));
  const mfaConfirmed = MFA[facts.mfa];
  const body = { userId: facts.userId.trim(), roleName: facts.roleName, mfaConfirmed };
  const submit = useSubmit(
    undefined,
    () => (member ? updateMember(member, body) : addMember(body)),
    () => {
      say(t("member.saved", { name: body.userId }));
      done();
    },
    { fields: ["userId", "roleName", "mfaConfirmed"] },
  );
  const names = [...new Set([...roles, ...facts.roleName])];
  const flip = (name) => (on) =>
    set({ roleName: names.filter((one) => (one === name ? on : facts.roleName.includes(one))) });
  return (
    <Dialog title={t(member ? "member.edit" : "member.new")} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Text
          label={t("member.user")}
          hint={member ? undefined : t("member.user.hint")}
          error={submit.at("userId")}
          value={facts.userId}
          readOnly={!!member}
          most={256}
          change={(userId) => set({ userId })}
        />
        <fieldset class="choices">
          <legend>{t("access.roles")}</legend>
          <div class="event-groups short">
            {names.map((name) => (
              <Check key={name} value={facts.roleName.includes(name)} change={flip(name)}>
                <bdi>{name}</bdi>
              </Check>
            ))}
          </div>
          <Wrong text={submit.at("roleName")} />
        </fieldset>
        <Choice
          label={t("member.mfa.label")}
          value={facts.mfa}
          change={(mfa) => set({ mfa })}
          options={Object.keys(MFA).map((one) => [one, t(`member.mfa.${one}`)])}
        />
        <Wrong text={submit.at("mfaConfirmed")} />
        <Progress submit={submit} again={member && done} />
        <Feet
          submit={submit}
          close={close}
          label={t(member ? "act.save" : "member.make")}
          disabled={!body.userId || !body.roleName.length}
        />
      </Form>
    </Dialog>
  );
}
