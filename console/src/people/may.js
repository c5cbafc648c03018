// What I may do to an asset by the rules on assets; undefined until that is known.
import { useLoad } from "../api/load.js";
import { explainAccess } from "../api/store.js";

export function useMay(where, action) {
  const { data } = useLoad((signal) => explainAccess(where, signal), [where]);
  return data?.asset?.actions[action]?.allowed;
}
