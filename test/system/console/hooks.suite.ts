/** Endpoints that are told what happens: added, tried, looked at, stopped and removed. */
import { faultsOf, shoot } from "../../support/browser";
import { eventually } from "../../support/eventually";
import { to, type Stage } from "./stage";

// a name that nobody has: what is told there cannot arrive
const ADDRESS = "https://hooks.example/told";

export function hooking(stage: () => Stage): void {
  it("adds an endpoint, tells its secret once, tries it and shows what became of it", async () => {
    const { admin } = stage();
    await to(admin, "/admin/webhooks");
    await admin.getByText("No endpoints yet").waitFor();
    await admin.getByLabel("Address").fill("http://hooks.example/told");
    await admin.getByLabel("Find events").fill("repriced");
    await admin.getByLabel("offer.repriced").check();
    await admin.getByRole("button", { name: "Add the endpoint" }).click();
    await admin.getByText("The endpoint's address must begin with https.").waitFor();
    await admin.getByLabel("Address").fill(ADDRESS);
    await admin.getByRole("button", { name: "Add the endpoint" }).click();
    const secret = await admin.getByLabel("The secret").innerText();
    expect(secret).toMatch(/^whsec_/);
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "webhooks-added");
    // never again
    await admin.reload();
    const row = admin.locator("tbody tr", { hasText: ADDRESS });
    await row.getByText("offer.repriced").waitFor();
    expect(await admin.content()).not.toContain(secret);

    await row.getByRole("button", { name: `Look at it: ${ADDRESS}` }).click();
    await admin.getByRole("button", { name: "Send a test" }).click();
    const told = admin.locator("tbody tr", { hasText: "webhook.test" });
    await eventually("it was tried once", async () => {
      await admin.getByRole("button", { name: "Look again" }).click();
      return (await told.locator('[data-head="Attempts"]', { hasText: "1" }).count()) === 1;
    });
    await told.getByRole("button", { name: "Redeliver" }).waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "webhooks-told");
  });

  it("stops it, lets it go on with another secret, and removes it", async () => {
    const { admin } = stage();
    const row = admin.locator("tbody tr", { hasText: ADDRESS });
    await admin.getByRole("button", { name: "Disable", exact: true }).click();
    await row.getByText("switched off by hand").waitFor();
    await admin.getByRole("button", { name: "Enable", exact: true }).click();
    await row.getByText("enabled").waitFor();
    await admin.getByRole("button", { name: "New secret" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "New secret" }).click();
    expect(await admin.getByLabel("The secret").innerText()).toMatch(/^whsec_/);
    await admin.getByLabel("Tell again from a moment").fill("2026-01-31T12:00");
    await admin.getByRole("button", { name: "Tell again from then" }).click();
    await admin.getByText("It is told again what happened from").waitFor();
    await admin.getByRole("button", { name: "Remove", exact: true }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await admin.getByText("No endpoints yet").waitFor();
  });
}
