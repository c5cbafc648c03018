// Hooks that fetch what a page shows, and stop when it goes.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

/** `{data, error, loading, reload}` of what `load(signal)` promises; anew when one of `deps` changes. */
export function useLoad(load, deps) {
  const [state, setState] = useState({ deps: [] });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then(
      (data) => stop.signal.aborted || setState({ deps, data }),
      (error) => stop.signal.aborted || setState({ deps, error }),
    );
    return () => stop.abort();
  }, [...deps, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  // What was fetched for others is nothing to show, not even for a moment.
  const isOurs = state.deps.length === deps.length && deps.every((one, index) => one === state.deps[index]);
  return isOurs && (state.data !== undefined || state.error)
    ? { ...state, reload }
    : { loading: true, reload };
}

const NONE = { items: [], done: false, loading: true };

/**
 * Page after page of what `fetchPage({token, signal})` answers: `{items, next}`. With `all` they come by
 * themselves, `most` items at most; otherwise one, and the others when `more()` asks.
 */
export function usePages(fetchPage, deps, { all = false, most = Number.POSITIVE_INFINITY } = {}) {
  const [state, setState] = useState(NONE);
  const [round, setRound] = useState(0);
  const here = useRef({});
  const take = useCallback(async (run) => {
    const signal = run.stop.signal;
    setState((before) => ({ ...before, loading: true, error: undefined }));
    try {
      for (let going = true; going; ) {
        const { items, next, body } = await fetchPage({ token: run.next, signal });
        if (signal.aborted) return;
        run.items = run.items.concat(items);
        run.first ??= body;
        run.next = next;
        const done = !next;
        going = run.all && !done && run.items.length < run.most;
        setState({ items: run.items, first: run.first, done, loading: going });
      }
    } catch (error) {
      if (!signal.aborted) setState((before) => ({ ...before, error, loading: false }));
    }
  }, deps);
  useEffect(() => {
    const run = { stop: new AbortController(), items: [], next: undefined, all, most, round };
    // What is fetched anew for the same page stays to be seen until then.
    if (here.current.round === undefined || here.current.round === round) setState(NONE);
    here.current = run;
    take(run);
    return () => run.stop.abort();
  }, [...deps, round]);
  const more = useCallback(() => {
    const run = here.current;
    run.most = run.items.length + most;
    return take(run);
  }, [take, most]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, more, reload };
}

/** While a filter is on, `wanted` hits are looked for page by page, among the first `most` items. */
export function useSearchOn(found, hits, wanted, most) {
  const isIdle = !found.loading && !found.done && !found.error;
  useEffect(() => {
    if (isIdle && hits < wanted && found.items.length < most) found.more();
  });
}

/** `run(…)` calls `act(…)`, then `done(…)`; for what stays on the page, and may be done again. */
export function useSend(act, done) {
  const [state, setState] = useState({});
  const here = useRef(true);
  const isBusy = useRef(false);
  useEffect(() => () => (here.current = false), []);
  const run = async (...what) => {
    if (isBusy.current) return; // a second click, before the button has heard of the first one
    isBusy.current = true;
    setState({ busy: true });
    try {
      await act(...what);
      if (here.current) setState({});
      done(...what);
    } catch (error) {
      if (here.current) setState({ error });
    } finally {
      isBusy.current = false;
    }
  };
  return { ...state, run };
}
