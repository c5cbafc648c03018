// Where the page starts: theme, session, then whatever the address names.
import "./styles/index.js";
import { render } from "preact";
import { App } from "./app/app.jsx";
import { applyTheme } from "./app/theme.js";
import { begin } from "./session/session.js";

applyTheme();
begin();
render(<App />, document.getElementById("app"));
