// Renders the document that the address asks for, or that of all APIs.
const asked = new URLSearchParams(location.search).get("api") ?? "all";
const name = /^[a-z_]+$/.test(asked) ? asked : "all";

for (const link of document.querySelectorAll("nav a")) {
  if ((new URL(link.href).searchParams.get("api") ?? "all") === name) {
    link.setAttribute("aria-current", "page");
  }
}

SwaggerUIBundle({
  url: new URL(name === "all" ? "openapi.json" : `openapi/${name}.json`, document.baseURI).href,
  dom_id: "#api",
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  deepLinking: true,
  filter: true,
  // It asks no other host for anything.
  validatorUrl: null,
});
