// Whether who is here manages policy: only then others' tokens and others' access are theirs to ask for.

import { explain } from "../api/admin.js";
import { useLoad } from "../api/load.js";

const ROUTE = "GET /auth/constraints";

/** Undefined while that is asked; false where it can't be told. */
export function useManages() {
  const { data, error } = useLoad((signal) => explain({ route: ROUTE }, signal), []);
  return error ? false : data?.api.allowed;
}
