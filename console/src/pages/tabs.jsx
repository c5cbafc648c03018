// What stands behind the tabs of an asset and a version, and is loaded when the first of them is opened.
import { History } from "../past/history.jsx";
import { Since } from "../past/since.jsx";
import { Comments } from "../people/comments.jsx";
import { AssetAbout } from "./asset_about.jsx";

const TABS = { changes: Since, history: History, comments: Comments, about: AssetAbout };

export function View({ tab, ...rest }) {
  const Tab = TABS[tab];
  return <Tab {...rest} />;
}
