// All of them in one piece.
export { AccessPage } from "./access.jsx";
export { TokensPage } from "./tokens_page.jsx";
export { WebhookPage } from "./webhook.jsx";
export { WebhooksPage } from "./webhooks.jsx";
