/** What a merchandiser does: rules of search, collections, experiments. */
import { faultsOf, shoot } from "../../support/browser";
import { eventually } from "../../support/eventually";
import { to, type Stage } from "./stage";

export function merchant(stage: () => Stage): void {
  const lamp = async (): Promise<string> => {
    const { items } = await stage().ask<{ items: { id: string }[] }>("GET", "/v1/products?q=lamp&limit=1");
    return items[0]?.id ?? "";
  };

  it("pins a product on top of a search for some days, and sees what that changes before it is on", async () => {
    const { admin, ask } = stage();
    const id = await lamp();
    await to(admin, "/admin/rules");
    const form = admin.getByRole("form", { name: "A new rule" });
    await form.getByLabel("What it does").selectOption("Put products on top");
    await form.getByLabel("When somebody searches for").fill("kettle");
    await form.getByLabel("Products: ids or addresses, the first on top").fill(`${stage().mall.url}/product/${id}`);
    await form.getByLabel("Until").fill("2099-12-01T00:00");
    await form.getByRole("button", { name: "Make it, off at first" }).click();
    const rule = admin
      .locator(".panel")
      .filter({ hasText: `kettle: ${id}` })
      .last();
    await rule.getByText("Try it").click();
    await rule.getByLabel("A search").fill("kettle");
    await rule.getByRole("button", { name: "Compare" }).click();
    await rule.getByText("The rule speaks on this search.").waitFor();
    expect(await rule.locator("ol").first().locator("a").first().getAttribute("href")).toContain(id);
    await rule.getByLabel("As on (empty: now)").fill("2100-01-01T00:00");
    await rule.getByRole("button", { name: "Compare" }).click();
    await rule.getByText("The rule says nothing to this search.").waitFor();
    await rule.getByRole("button", { name: /^Turn on/ }).click();
    await rule.getByText("on", { exact: true }).waitFor();
    const kept = await ask<{ items: { status: string; until: string; rule: object }[] }>("GET", "/v1/merchandising");
    expect(kept.items).toContainEqual(
      expect.objectContaining({ status: "on", rule: { kind: "ranking", when: { words: ["kettle"] }, pin: [id] } }),
    );
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "admin-rules");
  });

  it("changes what a rule says, and its place; of one that says more than the form, only its place", async () => {
    const { admin, ask } = stage();
    const boost = [
      { brand: ["Bloom"], points: 5 },
      { category: ["home"], points: 7 },
    ];
    const twofold = { name: "Spring", rule: { kind: "ranking", boost } };
    const { id } = await ask<{ id: string }>("POST", "/v1/merchandising", twofold);
    const couch = { name: "Couches", rule: { kind: "synonyms", words: ["sofa", "couch"] } };
    const { id: other } = await ask<{ id: string }>("POST", "/v1/merchandising", couch);
    const view = (of: string) =>
      ask<{ name: string; rule: object; priority: number }>("GET", `/v1/merchandising/${of}`);
    const panelOf = async (name: string) => {
      const panel = admin.locator(".panel").filter({ has: admin.getByRole("heading", { name }) });
      await eventually(`the rule ${name} is listed`, async () => {
        await to(admin, "/admin");
        await to(admin, "/admin/rules");
        return (await panel.count()) > 0;
      });
      await panel.getByText("Change it").click();
      return panel;
    };
    const synonyms = await panelOf("Couches");
    await synonyms.getByLabel("Words that mean the same").fill("sofa, couch, settee");
    await synonyms.getByRole("button", { name: "Save the changes" }).click();
    await synonyms.getByText("sofa ↔ couch ↔ settee").waitFor();
    expect((await view(other)).rule).toEqual({ kind: "synonyms", words: ["sofa", "couch", "settee"] });

    const spring = await panelOf("Spring");
    await spring.getByText("This rule says more than this form can").waitFor();
    await spring.getByLabel("Priority").fill("7");
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "admin-rule-changed");
    await spring.getByRole("button", { name: "Save the changes" }).click();
    await spring.getByText("Priority: 7").waitFor();
    expect(await view(id)).toMatchObject({ name: "Spring", rule: twofold.rule, priority: 7 });
  });

  it("fills a collection by hand, publishes it, and puts something else into it", async () => {
    const { admin, ask } = stage();
    const id = await lamp();
    await to(admin, "/admin/collections");
    const form = admin.getByRole("form", { name: "A new collection" });
    await form.getByLabel("Title").fill("Lit well");
    await form.getByLabel("Its name in addresses").fill("lit-well");
    await form.getByLabel("Filled by").selectOption("Hand");
    await form.getByRole("button", { name: "Make a draft" }).click();
    const made = admin.locator(".panel").filter({ hasText: "Lit well" });
    await made.getByLabel("A product: its id or address").fill(id);
    await made.getByRole("button", { name: "Put it in" }).click();
    await made.getByRole("button", { name: "Remove" }).waitFor();
    await made.getByRole("button", { name: "Publish: lit-well" }).click();
    await made.getByText("published").waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    expect(await ask("GET", "/v1/collections/lit-well")).toMatchObject({ status: "published", products: [id] });
    await shoot(admin, "admin-collections");
  });

  it("draws up an experiment, begins it, and ends it with what is kept", async () => {
    const { admin, ask } = stage();
    await to(admin, "/admin/experiments");
    const form = admin.getByRole("form", { name: "A new experiment" });
    await form.getByLabel("What is asked").fill("Do titles tell more?");
    await form.getByLabel("What is otherwise").selectOption("Titles count twice");
    await form.getByRole("button", { name: "Draw it up" }).click();
    const drawn = admin.locator(".panel").filter({ hasText: "Do titles tell more?" });
    await drawn.getByRole("button", { name: "Begin" }).click();
    await drawn.getByRole("cell", { name: "Titles count twice" }).waitFor();
    await drawn.getByLabel("What is kept").selectOption("as-now");
    await drawn.getByRole("button", { name: "End it" }).click();
    await drawn.getByText("ended").waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    const { items } = await ask<{ items: object[] }>("GET", "/v1/experiments");
    expect(items).toContainEqual(expect.objectContaining({ status: "stopped", winner: "as-now" }));
    await shoot(admin, "admin-experiments");
  });
}
