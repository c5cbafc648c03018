// A question before the page goes on: the browser keeps the focus in it, and Escape leaves it.
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../texts/index.js";
import { Button } from "./basics.jsx";

export function Dialog({ title, close, locked = false, wide = false, reads = false, children }) {
  const dialog = useRef();
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    // What is to be typed comes first, where there is nothing to read before.
    if (!reads) dialog.current.querySelector("form :is(textarea, input:not([type=checkbox]))")?.focus();
    return () => before?.isConnected && before.focus();
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    if (!locked) close();
  };
  return (
    // Where Escape is pressed twice a browser closes it without asking.
    <dialog
      ref={dialog}
      class={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      onCancel={cancel}
      onClose={() => (locked ? dialog.current.showModal() : close())}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <Button icon="close" kind="bare" onClick={close} disabled={locked} aria-label={t("close")} />
      </header>
      {children}
    </dialog>
  );
}

export function Field({ label, hint, error, children }) {
  const id = useId();
  // What was refused is where one goes on.
  useEffect(() => {
    const control = document.getElementById(id);
    if (error) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (error) control.focus();
  }, [error]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id, hint || error ? `${id}-hint` : undefined)}
      {(error || hint) && (
        <p id={`${id}-hint`} class={error ? "hint wrong" : "hint"}>
          {error || hint}
        </p>
      )}
    </div>
  );
}
