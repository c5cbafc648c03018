// Who did it; files that came past the API have no person.
import { t } from "../texts/index.js";

const PAST_THE_API = "bucket";

export function Who({ name }) {
  return name === PAST_THE_API ? (
    <span title={t("who.bucket.what")}>{t("who.bucket")}</span>
  ) : (
    <bdi>{name}</bdi>
  );
}
