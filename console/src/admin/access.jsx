// Who may do what: why somebody may not, the rules, the roles, who has them, and what was changed.
import { listMembers, listRoles, listRules } from "../api/admin.js";
import { usePages } from "../api/load.js";
import { askHere } from "../app/router.js";
import { Heading } from "../pages/heading.jsx";
import { Busy } from "../parts/basics.jsx";
import { Panel, Tabs } from "../parts/tabs.jsx";
import { t } from "../texts/index.js";
import { Audit } from "./audit.jsx";
import { useStaying } from "./fields.jsx";
import { useManages } from "./manages.js";
import { MemberList } from "./member_list.jsx";
import { RoleList } from "./role_list.jsx";
import { RuleList } from "./rule_list.jsx";
import { Why } from "./why.jsx";

const TABS = ["why", "rules", "roles", "members", "audit"];
const ALL = { all: true, most: 5000 };

export function AccessPage({ query }) {
  const manages = useManages();
  const tab = TABS.includes(query.tab) ? query.tab : "why";
  return (
    <>
      <Heading title={t("access.title")}>
        <p class="lead">{t("access.what")}</p>
      </Heading>
      <Tabs
        id="access"
        label={t("access.tabs")}
        chosen={tab}
        choose={(name) => askHere({ tab: name, search: undefined })}
        tabs={TABS.map((name) => ({ name, label: t(`access.${name}`) }))}
      />
      <Panel id="access" chosen={tab} class="stack">
        {manages === undefined ? (
          <Busy />
        ) : manages || tab !== "why" ? (
          <Managed tab={tab} query={query} manages={manages} />
        ) : (
          <Own query={query} />
        )}
      </Panel>
    </>
  );
}

/** Who manages nothing asks about themselves. */
const Own = ({ query }) => <Why query={{ ...query, user: "" }} manages={false} people={[]} roles={[]} />;

const IN_TABS = {
  why: ({ roles, people, ...rest }) => <Why {...rest} people={people} roles={roles.names} />,
  rules: ({ roles, query }) => <Rules query={query} roles={roles.names} />,
  roles: ({ roles }) => <RoleList roles={roles} />,
  members: ({ members, roles }) => <MemberList members={members} roles={roles.names} />,
  audit: () => <Audit />,
};

function Managed({ tab, query, manages }) {
  const roles = useStaying(usePages(listRoles, [], ALL));
  const members = useStaying(usePages(listMembers, [], ALL));
  const named = { ...roles, names: roles.items.map((one) => one.roleName) };
  const people = members.items.map((one) => one.userId);
  const Shown = IN_TABS[tab];
  return <Shown query={query} manages={manages} roles={named} members={members} people={people} />;
}

function Rules({ query, roles }) {
  const rules = useStaying(usePages(listRules, [], ALL));
  return <RuleList rules={rules} roles={roles} query={query} />;
}
