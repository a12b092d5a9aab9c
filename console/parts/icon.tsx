/** Line icons of 24 × 24, drawn here: they take the colour of the text beside them and say nothing by themselves. */
const paths = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM21 21l-5-5",
  cart: "M3 4h2l2.4 11h10.2L20 7H6.2M9 19.5h.01M16 19.5h.01",
  heart: "M12 20.5C6 16 3 12.7 3 9a4.7 4.7 0 0 1 9-2 4.7 4.7 0 0 1 9 2c0 3.7-3 7-9 11.5z",
  bell: "M12 4a5.5 5.5 0 0 0-5.5 5.5V14L5 17h14l-1.5-3V9.5A5.5 5.5 0 0 0 12 4zM10 20h4",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5",
  globe:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18" +
    "M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3z",
  down: "M6 9l6 6 6-6",
  next: "M9 6l6 6-6 6",
  back: "M15 6l-6 6 6 6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  history: "M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5M12 8v4.5l3 1.7",
  box: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  truck: "M3 6h11v10H3zM14 10h4l3 3v3h-7M7 19.5h.01M17 19.5h.01",
  undo: "M9 7L5 11l4 4M5 11h9a5 5 0 0 1 0 10h-3",
  coin:
    "M12 4c4 0 7 1.3 7 3s-3 3-7 3-7-1.3-7-3 3-3 7-3z" +
    "M5 7v5c0 1.7 3 3 7 3s7-1.3 7-3V7M5 12v5c0 1.7 3 3 7 3s7-1.3 7-3v-5",
  shield: "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2.2 2.2L15.5 10",
  gauge: "M4 17a8.5 8.5 0 1 1 16 0M12 15l4-5",
  play: "M8 5.5v13l11-6.5z",
  pause: "M8 5v14M16 5v14",
  store:
    "M4 10v10h16V10" +
    "M3 10l2-6h14l2 6c0 1.5-1.3 2.5-3 2.5S15 11.5 15 10" +
    "c0 1.5-1.3 2.5-3 2.5S9 11.5 9 10c0 1.5-1.3 2.5-3 2.5S3 11.5 3 10z" +
    "M10 20v-5h4v5",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  spark:
    "M12 3l1.8 5.2L19 10l-5.2 1.8L12 17l-1.8-5.2L5 10l5.2-1.8zM19 16l.8 2.2L22 19l-2.2.8L19 22l-.8-2.2L16 19l2.2-.8z",
  flag: "M5 21V4h12l-2.5 4.5L17 13H5",
  out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1.5-1.5",
} as const;

export type IconName = keyof typeof paths;

/** @param mirrored in languages that are read from the right, where it points somewhere */
export function Icon({ name, mirrored = false }: { readonly name: IconName; readonly mirrored?: boolean }) {
  return (
    <svg class={mirrored ? "icon mirrored" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
