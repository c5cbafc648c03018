// What the page has read when a dialog opens: `{rev, look}`, the asset's revision, and how to read it again.
import { createContext } from "preact";

export const Seen = createContext({});
