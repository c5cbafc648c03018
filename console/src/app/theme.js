// Light or dark: as the system says, until somebody chooses otherwise on this machine.
import { signal } from "@preact/signals";

const KEPT = "theme";
const THEMES = ["system", "light", "dark"];

export const theme = signal(
  THEMES.includes(localStorage.getItem(KEPT)) ? localStorage.getItem(KEPT) : "system",
);

export function applyTheme() {
  document.documentElement.dataset.theme = theme.value;
}

export function nextTheme() {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length];
  localStorage.setItem(KEPT, theme.value);
  applyTheme();
}
