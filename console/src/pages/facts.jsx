// Facts with their names, those that are there.
import { t } from "../texts/index.js";

/** `facts` are pairs of the end of a text's key and a value. */
export function FactList({ facts }) {
  return (
    <dl class="fact-list">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(`about.${name}`)}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}
