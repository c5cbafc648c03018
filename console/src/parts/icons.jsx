// Small drawings of one line each; what they mean is said by the words beside them.
const DRAWN = {
  archive: "M3 6h18v4H3zM5 10v10h14V10M10 14h4",
  back: "M15 5l-7 7 7 7",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l2 1.500H4zM10 21h4",
  check: "M5 13l4 4L19 7",
  chevron: "M9 6l6 6-6 6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
  close: "M6 6l12 12M18 6L6 18",
  comment: "M4 5h16v11h-9l-5 4v-4H4z",
  compare: "M8 4v16M16 4v16M4 8h4M4 14h4M16 10h4M16 16h4",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
  database: "M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0",
  delete: "M4 7h16M10 7V4h4v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  folder: "M3 6h6l2 2h10v11H3z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  key: "M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9M18 12v4",
  leave: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  model: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5",
  moon: "M20 14A8 8 0 1 1 10 4a6 6 0 0 0 10 10z",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  people: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-5 16-5 16 0",
  plus: "M12 5v14M5 12h14",
  publish: "M12 20V8M7 12l5-5 5 5M5 4h14",
  revert: "M9 5L4 10l5 5M4 10h10a6 6 0 0 1 0 12h-2",
  screen: "M3 5h18v11H3zM9 20h6M12 16v4",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  shield: "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z",
  sound: "M4 10v4h4l5 4V6L8 10zM16 9c2 2 2 4 0 6M18.500 6.500c4 4 4 7 0 11",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  text: "M5 6h14M5 10h14M5 14h10M5 18h7",
  unlock: "M6 11h12v9H6zM8.500 11V7a3.500 3.500 0 0 1 6.800-1",
  upload: "M12 15V4M7 9l5-5 5 5M5 20h14",
  video: "M3 6h12v12H3zM15 10l6-3v10l-6-3z",
  warn: "M12 4l9 16H3zM12 10v4M12 17h.01",
};

export function Icon({ name, class: more = "" }) {
  return (
    <svg class={`icon icon-${name} ${more}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={DRAWN[name]} />
    </svg>
  );
}
