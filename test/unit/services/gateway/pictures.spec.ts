import { MOTIFS } from "../../../../services/gateway/motifs";
import { drawing } from "../../../../services/gateway/pictures";

it("draws every motif, the same for the same name and another for another", () => {
  for (const motif of Object.keys(MOTIFS)) {
    const one = drawing(`${motif}-120-7.svg`);
    expect(one).toMatch(/^<svg .*<\/svg>$/);
    expect(one).not.toMatch(/"[AB]"/);
    expect(drawing(`${motif}-120-7.svg`)).toBe(one);
    expect(drawing(`${motif}-121-7.svg`)).not.toBe(one);
    expect(drawing(`${motif}-120-8.svg`)).not.toBe(one);
  }
});

it.each([
  "lamp.svg",
  "lamp-360-1.svg",
  "lamp-1-1.png",
  "constructor-1-1.svg",
  "../lamp-1-1.svg",
  'lamp-1-"/><script>.svg',
])("knows nothing by the name of %s", (name) => expect(drawing(name)).toBeNull());
