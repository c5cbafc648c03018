// Whether I am told of an asset's versions, and to change that; the page's head and its list show the same.
import { useEffect, useState } from "preact/hooks";
import { useLoad, useSend } from "../api/load.js";
import { isSubscribed, subscribe, unsubscribe } from "../api/people.js";
import { say } from "../app/toast.jsx";
import { person } from "../session/session.js";
import { t } from "../texts/index.js";

/**
 * `mine` is undefined until it is known, and stays so where the API does not tell: then `isKnown` is false. `round`
 * counts the changes, of others' subscriptions, too.
 */
export function useSubscription(where) {
  const { name } = person.value;
  const [round, setRound] = useState(0);
  const [mine, setMine] = useState();
  const { data, error } = useLoad(
    async (signal) => ({ mine: await isSubscribed(where, name, signal) }),
    [where, round],
  );
  useEffect(() => {
    if (data) setMine(data.mine);
  }, [data]);
  const changed = () => setRound((before) => before + 1);
  const sending = useSend(
    () => (mine ? unsubscribe : subscribe)(where, [name]),
    () => {
      say(t(mine ? "subscribers.left" : "subscribers.joined"));
      setMine(!mine);
      changed();
    },
  );
  return {
    mine,
    name,
    round,
    changed,
    toggle: sending.run,
    busy: sending.busy,
    isKnown: mine !== undefined || !error,
    error: sending.error,
  };
}
