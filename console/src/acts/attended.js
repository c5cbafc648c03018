// The jobs that a dialog follows need no second place on the page, until the dialog is left.
import { signal } from "@preact/signals";

export const attended = signal([]);
/** Counts the dialogs that were closed before their job had ended. */
export const left = signal(0);

export function attend(operationId) {
  attended.value = [...attended.peek(), operationId];
}

export function leave(operationId, ended) {
  attended.value = attended.peek().filter((one) => one !== operationId);
  if (!ended) left.value += 1;
}
