// Pages that few open, and seldom: they come when somebody does.
import { Lazy } from "../files/lazy.jsx";

const page = (name) =>
  function AdminPage(rest) {
    return <Lazy load={async () => ({ View: (await import("./pages.js"))[name] })} {...rest} />;
  };

export const LazyWebhooks = page("WebhooksPage");
export const LazyWebhook = page("WebhookPage");
export const LazyTokens = page("TokensPage");
export const LazyAccess = page("AccessPage");
