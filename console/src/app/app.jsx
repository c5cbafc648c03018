// The frame around every page: where we are, who is here, light or dark.
import { useEffect, useRef } from "preact/hooks";
import { LazyAccess, LazyTokens, LazyWebhook, LazyWebhooks } from "../admin/lazy.jsx";
import { UploadPage } from "../files/lazy.jsx";
import { AssetPage } from "../pages/asset.jsx";
import { AssetsPage } from "../pages/assets.jsx";
import { ComparePage, nameOf } from "../pages/compare.jsx";
import { DatabasesPage } from "../pages/databases.jsx";
import { Heading } from "../pages/heading.jsx";
import { VersionPage } from "../pages/version.jsx";
import { WorkingPage } from "../pages/working.jsx";
import { Busy, Button, ButtonLink, Notice } from "../parts/basics.jsx";
import { Icon } from "../parts/icons.jsx";
import { Menu } from "../parts/menu.jsx";
import { person, session, signIn, signOut } from "../session/session.js";
import { t } from "../texts/index.js";
import { Dock } from "../upload/dock.jsx";
import { go, links, route } from "./router.js";
import { nextTheme, theme } from "./theme.js";
import { Toast } from "./toast.jsx";

const PAGES = {
  databases: DatabasesPage,
  assets: AssetsPage,
  asset: AssetPage,
  version: VersionPage,
  compare: ComparePage,
  webhooks: LazyWebhooks,
  webhook: LazyWebhook,
  tokens: LazyTokens,
  access: LazyAccess,
  working: WorkingPage,
  upload: UploadPage,
  nowhere: Nowhere,
};
const THEME_ICONS = { system: "screen", light: "sun", dark: "moon" };

export function App() {
  const { state } = session.value;
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        {t("skip")}
      </a>
      <header class="top">
        <a class="brand" href={links.databases()} aria-label={t("brand")}>
          <img src="/console/icon.svg" alt="" width="22" height="22" />
          <span>{t("brand")}</span>
        </a>
        {state === "in" && <Way />}
        <div class="top-end">
          <Button
            icon={THEME_ICONS[theme.value]}
            kind="bare"
            aria-label={t(`theme.${theme.value}`)}
            title={t(`theme.${theme.value}`)}
            onClick={nextTheme}
          />
          {state === "in" && <Person />}
        </div>
      </header>
      {state === "in" ? <Page /> : <Door />}
      {state === "in" && <Dock />}
      <Toast />
    </>
  );
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

/** A new page begins at its heading, for whoever hears it read, too. */
function Page() {
  const main = useRef();
  const { page, path, query, ...where } = route.value;
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      main.current.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [path]);
  const Shown = PAGES[page];
  return (
    <main id="main" ref={main} tabIndex={-1} class={`page ${page}`}>
      <Shown key={path} {...where} query={query} />
    </main>
  );
}

function Way() {
  const { database, asset, page, version, a, b } = route.value;
  const steps = [
    database && [links.assets(database), database],
    asset && [links.asset(database, asset), asset],
    page === "version" && [undefined, t("version.title", { number: version })],
    page === "working" && [undefined, t("working.title")],
    page === "upload" && [undefined, t("upload.title")],
    page === "compare" && [undefined, t("compare.way", { a: nameOf(a), b: nameOf(b) })],
    page.startsWith("webhook") && [links.webhooks(), t("webhooks.title")],
    page === "tokens" && [undefined, t("tokens.title")],
    page === "access" && [undefined, t("access.title")],
  ].filter(Boolean);
  return (
    <nav class="way" aria-label={t("way")}>
      <ol>
        <li>
          <a href={links.databases()}>{t("databases.title")}</a>
        </li>
        {steps.map(([address, name], index) => (
          <li key={name}>
            <Icon name="chevron" />
            <a href={address ?? location.hash} aria-current={index === steps.length - 1 ? "page" : undefined}>
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Person() {
  const { name } = person.value;
  return (
    <Menu
      label={t("person.menu", { name })}
      icon="people"
      items={[
        { label: t("webhooks.title"), icon: "publish", act: () => go(links.webhooks()) },
        { label: t("tokens.title"), icon: "key", act: () => go(links.tokens()) },
        { label: t("access.title"), icon: "shield", act: () => go(links.access()) },
        { label: t("signOut"), icon: "leave", act: signOut },
      ]}
    >
      <bdi>{name}</bdi>
    </Menu>
  );
}

function Door() {
  const { state, why, detail } = session.value;
  const main = useRef();
  useEffect(() => {
    document.title = t("brand");
  }, []);
  // What somebody was at is gone: they go on here, and hear why.
  useEffect(() => {
    if (why) main.current.focus();
  }, [why]);
  return (
    <main id="main" ref={main} tabIndex={-1} class="page door">
      {state === "beginning" ? (
        <Busy />
      ) : (
        <div class="door-card">
          <img src="/console/icon.svg" alt="" width="56" height="56" />
          <h1>{t("brand")}</h1>
          <p>{t("door.what")}</p>
          {why && (
            <Notice kind={why === "over" ? "warning" : "error"} title={t(`door.${why}`)}>
              {detail && <p class="detail">{detail}</p>}
            </Notice>
          )}
          <Button kind="primary large" onClick={signIn}>
            {t("signIn")}
          </Button>
        </div>
      )}
    </main>
  );
}

function Nowhere() {
  return (
    <>
      <Heading title={t("nowhere")} />
      <p>
        <ButtonLink href={links.databases()}>{t("nowhere.back")}</ButtonLink>
      </p>
    </>
  );
}
