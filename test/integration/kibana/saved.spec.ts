/** The saved objects: what the panels say, leading to each other, in the forms that Kibana reads. */
import { readFileSync } from "node:fs";
import { recordFields } from "../../../indexers/analytics";
import { dashboards, panels } from "../../../kibana/panels/all";
import { ndjson } from "../../../kibana/saved-objects";
import { FILE, objects } from "./saved";

test("the file is what the panels say", () => expect(readFileSync(FILE, "utf8")).toBe(ndjson(panels, dashboards)));

test("every reference leads to an object, and every panel is on a dashboard", () => {
  const known = new Set(objects.map(({ type, id }) => `${type}/${id}`));
  expect(known.size).toBe(objects.length);
  const named = objects.flatMap(({ references }) => references.map(({ type, id }) => `${type}/${id}`));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
  expect(panels.map(({ id }) => `visualization/stoa-${id}`).filter((name) => !named.includes(name))).toEqual([]);
  for (const { attributes, references } of objects.filter(({ type }) => type === "dashboard")) {
    const placed = JSON.parse(String(attributes["panelsJSON"])) as { panelIndex: string; panelRefName: string }[];
    expect(placed.map((one) => `${one.panelIndex}:${one.panelRefName}`)).toEqual(references.map(({ name }) => name));
  }
});

test("a data view names each kind of records by its time, and every object its form", () => {
  const views = objects.filter(({ type }) => type === "index-pattern").map(({ attributes }) => attributes);
  expect(views.map(({ title }) => title).sort()).toEqual(
    Object.keys(recordFields)
      .map((name) => `stoa-analytics-${name}`)
      .sort(),
  );
  expect(views.every(({ timeFieldName }) => timeFieldName === "@timestamp")).toBe(true);
  expect(objects.every(({ typeMigrationVersion }) => /^8\.\d+\.0$/.test(typeMigrationVersion))).toBe(true);
});
