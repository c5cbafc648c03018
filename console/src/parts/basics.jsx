// What every page is made of: buttons, states, times, notices.
import { t } from "../texts/index.js";
import { since, when } from "./format.js";
import { Icon } from "./icons.jsx";

export function Button({ icon, children, kind = "plain", class: more = "", ...rest }) {
  return (
    <button type="button" class={`button ${kind} ${more}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children && <span>{children}</span>}
    </button>
  );
}

export function ButtonLink({ icon, children, kind = "plain", ...rest }) {
  return (
    <a class={`button ${kind}`} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}

export function Time({ at }) {
  if (!at) return null;
  return (
    <time dateTime={at} title={when(at)}>
      {since(at)}
    </time>
  );
}

/** Published, archived, deleted or draft, and whether it is the current one. */
export function States({ version }) {
  return (
    <span class="states">
      {version.isCurrent && <span class="state current">{t("state.current")}</span>}
      <span class={`state ${version.state}`}>{t(`state.${version.state}`)}</span>
      {version.isProtected && <span class="state protected">{t("state.protected")}</span>}
    </span>
  );
}

export function Aliases({ version }) {
  const names = version.versionAliases ?? [];
  return names.map((name) => (
    <span class="alias" key={name}>
      <bdi>{name}</bdi>
    </span>
  ));
}

export function Tags({ names }) {
  if (!names.length) return null;
  return (
    <span class="tags">
      {names.map((name) => (
        <span class="tag" key={name}>
          <bdi>{name}</bdi>
        </span>
      ))}
    </span>
  );
}

export function Busy({ label = t("loading") }) {
  return (
    <p class="busy" role="status">
      <span class="spinner" aria-hidden="true" />
      {label}
    </p>
  );
}

export function Notice({ kind = "info", title, children, actions }) {
  return (
    <div class={`notice ${kind}`} role={kind === "error" ? "alert" : undefined}>
      {kind !== "info" && <Icon name={kind === "good" ? "check" : "warn"} />}
      <div class="grow">
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
      {actions && <div class="actions">{actions}</div>}
    </div>
  );
}

export function Empty({ icon, title, children }) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** A text that somebody typed: shown as it is, in its own direction, lines and all. */
export function Said({ text, class: more = "" }) {
  return text ? (
    <bdi class={`said ${more}`}>{text}</bdi>
  ) : (
    <span class={`unsaid ${more}`}>{t("version.noComment")}</span>
  );
}
