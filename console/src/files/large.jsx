// A large model is fetched when somebody says so: all of it has to come.
import { Button, Empty } from "../parts/basics.jsx";
import { size } from "../parts/format.js";
import { t } from "../texts/index.js";

export const MOST_UNASKED = 100_000_000;
// Browsers hold no more than this in one piece.
const MOST = 2_000_000_000;

export function Large({ bytes, show }) {
  if (bytes > MOST) return <Empty icon="model" title={t("model.tooLarge", { size: size(bytes) })} />;
  return (
    <Empty icon="model" title={t("model.large", { size: size(bytes) })}>
      <Button onClick={show}>{t("model.show")}</Button>
    </Empty>
  );
}
