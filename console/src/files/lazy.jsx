// What is large is loaded when it is first asked for.
import { useLoad } from "../api/load.js";
import { Busy } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";

export function Lazy({ load, ...rest }) {
  const { data: View, error, reload } = useLoad(async () => (await load()).View, []);
  if (error) return <Refusal error={error} again={reload} />;
  return View ? <View {...rest} /> : <Busy />;
}

export const LazyModel = (rest) => <Lazy load={() => import("./model/view.jsx")} {...rest} />;
export const LazyPair = (rest) => <Lazy load={() => import("./model/pair.jsx")} {...rest} />;
export const UploadPage = (rest) => <Lazy load={() => import("../upload/page.jsx")} {...rest} />;
export const LazyPdf = (rest) => <Lazy load={() => import("./pdf.jsx")} {...rest} />;
export const LazyTab = (rest) => <Lazy load={() => import("../pages/tabs.jsx")} {...rest} />;
